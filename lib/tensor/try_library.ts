/** How a trial of TensorFlow's library went. */
export interface Tried {
  readonly works: boolean;
  /** What was computed, or what went wrong. */
  readonly said: string;
}

/**
 * Has TensorFlow multiply two matrices, in another process: a library that is cut short, or that the processor does not
 * suit, kills the one that tries.
 *
 * @param device Where: `cpu`, `gpu` or `gpu:N`.
 */
export async function tryLibrary(device: string): Promise<Tried> {
  const program = `${import.meta.dirname}/matrix_product.ts`;
  const { success, stdout, stderr, signal } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", program, device],
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return { works: true, said: text(stdout) };
  if (signal !== null) {
    return { works: false, said: `it ended the process that tried it (${signal})` };
  }
  return { works: false, said: text(stderr).split("\n")[0] || "no reason given" };
}
