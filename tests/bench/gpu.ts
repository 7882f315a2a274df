import { searchGpus } from "@/lib/tensor/gpu.ts";
import { gpuChecks } from "@/tests/bench/gpu_checks.ts";

/** What to check, and on which device. */
export interface GpuOptions {
  /** `gpu`, `gpu:1` for the second, or `cpu` to try the script itself. */
  readonly device: string;
  /** Only the checks whose name has this in it. */
  readonly only?: string;
}

/**
 * Checks and times everything that a GPU does for this project, one check after the other, each in processes of its own.
 *
 * Where there is no GPU it says what it would do.
 *
 * @returns How many checks found something wrong.
 */
export async function benchGpu({ device, only = "" }: GpuOptions): Promise<number> {
  const { gpus, problem } = searchGpus();
  const checks = gpuChecks(device).filter(({ name }) => name.includes(only));
  if (device !== "cpu" && gpus.length === 0) {
    say(`Nothing is done here: ${problem}. Where there is a GPU, this would:`);
    for (const { name, would } of checks) say(`- ${name}: ${would}.`);
    return 0;
  }
  let wrong = 0;
  for (const { name, would, run } of checks) {
    say(`${name}: ${would}`);
    const started = performance.now();
    const { state, detail } = await run().catch((error: Error) => ({
      state: "wrong" as const,
      detail: error.message,
    }));
    if (state === "wrong") wrong++;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    say(`  ${state.toUpperCase()}: ${detail} (${seconds} s)`);
  }
  say(`${checks.length - wrong} of ${checks.length} checks are well.`);
  return wrong;
}

function say(line: string): void {
  // deno-lint-ignore no-console -- the result of a benchmark
  console.log(line);
}
