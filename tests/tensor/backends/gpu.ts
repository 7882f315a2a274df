/** Why WebGPU cannot be tried on this machine, or undefined where it can. */
export async function whyNoGpu(): Promise<string | undefined> {
  const adapter = await navigator.gpu?.requestAdapter();
  return adapter ? undefined : "no GPU adapter; Mesa's llvmpipe is one in software";
}
