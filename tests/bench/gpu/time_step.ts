import type { PackedTiming } from "@/tests/bench/gpu/pack.ts";
import { type Bench, numberIn, startStep } from "@/tests/bench/gpu/run_step.ts";

/** How fast a step is. */
export interface TimingFinding {
  readonly name: string;
  readonly viewsPerSecond: number;
  /** The same without new inputs in every step: what it would be if they cost nothing. */
  readonly viewsPerSecondWithoutInputs: number;
  readonly operationsPerSecond: number;
  readonly compileSeconds: number;
  /** The most that the device's allocator held, and what XLA planned; null where they do not say. */
  readonly peakBytes: number | null;
  readonly plannedBytes: number | null;
  /** The loss at the end, which must be a number. */
  readonly loss: number;
}

const WARM_UP = 5;

/** Repeats a step for some seconds, two under way at most as in a training, with new inputs in each and without. */
export async function timeStep(
  bench: Bench,
  timing: PackedTiming,
  seconds: number,
): Promise<TimingFinding> {
  const step = await startStep(bench, timing);
  const fresh = timing.fresh.map((i) => [i, timing.args[i]!] as const);
  let loss = NaN;

  async function repeat(inputs: typeof fresh, until: (steps: number, seconds: number) => boolean) {
    const started = performance.now();
    let before = Promise.resolve(), steps = 0;
    for (;;) {
      const { loss: buffer, done } = step.run(inputs);
      await before;
      before = done;
      steps++;
      const passed = (performance.now() - started) / 1000;
      if (!until(steps, passed)) {
        buffer.dispose();
        continue;
      }
      loss = await numberIn(buffer);
      buffer.dispose();
      return steps * timing.views / ((performance.now() - started) / 1000);
    }
  }

  await repeat(fresh, (steps) => steps >= WARM_UP);
  const viewsPerSecond = await repeat(fresh, (_, passed) => passed >= seconds);
  const viewsPerSecondWithoutInputs = await repeat([], (_, passed) => passed >= seconds);
  const { executable: { memory }, compileSeconds } = step;
  const peak = bench.client.memoryStats(bench.device);
  step.dispose();
  return {
    name: timing.name,
    viewsPerSecond,
    viewsPerSecondWithoutInputs,
    operationsPerSecond: viewsPerSecond * timing.operations / timing.views,
    compileSeconds,
    peakBytes: peak?.peakInUse ?? null,
    plannedBytes: memory === undefined
      ? null
      : memory.arguments + memory.outputs - memory.aliased + memory.temporary,
    loss,
  };
}

/** The rate of a product of two square matrices of bfloat16, in multiplications and additions a second. */
export async function matrixRate({ client, device }: Bench, side: number): Promise<number> {
  const type = `tensor<${side}x${side}xbf16>`;
  const text = `module @product {
  func.func public @main(%a: ${type}, %b: ${type}) -> (${type}) {
    %c = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (${type}, ${type}) -> ${type}
    return %c : ${type}
  }
}
`;
  const executable = await client.compile({ text, devices: [device] });
  const matrix = client.upload(new Uint8Array(2 * side * side), {
    shape: [side, side],
    type: "bf16",
    device,
  });
  const repeat = async (times: number) => {
    const started = performance.now();
    let last = Promise.resolve();
    for (let i = 0; i < times; i++) {
      const { outputs: [outputs], done } = executable.execute([[matrix, matrix]]);
      outputs![0]!.dispose();
      last = done;
    }
    await last;
    return 2 * side ** 3 * times / ((performance.now() - started) / 1000);
  };
  await repeat(3);
  const rate = await repeat(20);
  matrix.dispose();
  executable.dispose();
  return rate;
}
