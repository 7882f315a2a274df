import { type Contender, race } from "@/tests/bench/contender.ts";

/** What a program said, and the bytes of the GPU that it took. */
export interface GpuRun<T> {
  readonly said: T;
  readonly memory: {
    /** After loading the backend. */
    readonly start: number;
    /** The most; sampled. NaN, as the other, where there is no `nvidia-smi`. */
    readonly peak: number;
  };
}

const INTERVAL = 250;

/** Runs `gpu_program.ts` in a process of its own, the only one on the GPU meanwhile. */
export async function runGpuProgram<T>(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GpuRun<T>> {
  const program = `${import.meta.dirname}/gpu_program.ts`;
  const contender: Contender = {
    command: Deno.execPath(),
    args: ["run", "--quiet", "-A", program, ...args],
    env,
  };
  const before = await memoryInUse();
  let start = NaN, most = 0;
  const sample = async () => {
    most = Math.max(most, await memoryInUse());
  };
  let last = Promise.resolve();
  const timer = setInterval(() => last = last.then(sample), INTERVAL);
  try {
    const { said } = await race<T>([contender], async () => {
      start = await memoryInUse() - before;
    });
    return { said: said[0]!, memory: { start, peak: most - before } };
  } finally {
    clearInterval(timer);
    await last;
  }
}

/** Bytes in use on all GPUs, as the driver's own tool tells. */
async function memoryInUse(): Promise<number> {
  try {
    const { stdout, success } = await new Deno.Command("nvidia-smi", {
      args: ["--query-gpu=memory.used", "--format=csv,noheader,nounits"],
    }).output();
    if (!success) return NaN;
    const mebibytes = new TextDecoder().decode(stdout).trim().split("\n").map(Number);
    return 2 ** 20 * mebibytes.reduce((a, b) => a + b, 0);
  } catch {
    return NaN;
  }
}
