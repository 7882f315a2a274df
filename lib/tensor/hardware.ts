import { type Gpu, searchGpus } from "@/lib/tensor/gpu.ts";

/** What a processor says of itself. */
export interface Processor {
  readonly model: string;
  /** Its instruction sets, by Linux's names. */
  readonly flags: ReadonlySet<string>;
}

/** How a kind of number does on this machine. */
export interface FastPrecisions {
  readonly bfloat16: "fast" | "slow" | "unknown";
  /** Why, in words. */
  readonly reason: string;
}

/** Instructions that multiply matrices of bfloat16, with what Linux calls them. */
const BFLOAT16: readonly (readonly [string, string])[] = [
  ["AMX-BF16", "amx_bf16"],
  ["AVX512-BF16", "avx512_bf16"],
];

/** From this compute capability on, a GPU's tensor cores know bfloat16. */
const BFLOAT16_CAPABILITY = 8;

/** Whether this machine has an NVIDIA GPU, and a driver that is new enough. */
export function hasNvidiaDriver(): Promise<boolean> {
  return Promise.resolve(searchGpus().gpus.length > 0);
}

/**
 * Says which precisions this machine is fast at, from what its processor and driver say of themselves; loads neither
 * tfjs nor TensorFlow.
 *
 * @param options.device Where the computing is to be done; by default the GPU where there is one.
 */
export async function fastPrecisions(
  options: { device?: "cpu" | "gpu" } = {},
): Promise<FastPrecisions> {
  const gpu = options.device === "cpu" ? undefined : searchGpus().gpus[0];
  return gpu === undefined ? precisionsOfProcessor(await readProcessor()) : precisionsOfGpu(gpu);
}

/** The same for a GPU. */
export function precisionsOfGpu({ name, computeCapability }: Gpu): FastPrecisions {
  const capability = `${name} has compute capability ${computeCapability.toFixed(1)}`;
  return computeCapability >= BFLOAT16_CAPABILITY
    ? { bfloat16: "fast", reason: `${capability}: tensor cores that know it` }
    : { bfloat16: "slow", reason: `${capability}, and tensor cores know it from 8.0 on` };
}

/** The same for a processor; undefined where it cannot be read. */
export function precisionsOfProcessor(processor: Processor | undefined): FastPrecisions {
  if (processor === undefined) {
    return { bfloat16: "unknown", reason: "this processor's instructions are not listed" };
  }
  const found = BFLOAT16.find(([, flag]) => processor.flags.has(flag));
  if (found !== undefined) return { bfloat16: "fast", reason: `this processor has ${found[0]}` };
  return {
    bfloat16: "slow",
    reason: "this processor has no instructions for it (AMX-BF16 or AVX512-BF16)",
  };
}

/** This machine's processor; undefined where it does not list its instructions by x86's names. */
export async function readProcessor(): Promise<Processor | undefined> {
  const text = await Deno.readTextFile("/proc/cpuinfo").catch(() => undefined);
  if (Deno.build.arch !== "x86_64" || text === undefined) return undefined;
  return {
    model: text.match(/^model name\s*:\s*(.*)$/m)?.[1] ?? "unnamed",
    flags: new Set(text.match(/^flags\s*:(.*)$/m)?.[1]?.trim().split(/\s+/)),
  };
}
