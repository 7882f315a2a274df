/**
 * Runs a pack on a device: `deno run -A bench_gpu.js [--device gpu:1] [--python PATH] [--json FILE] [--seconds N] [--only TEXT]`.
 *
 * It needs neither TensorFlow nor, where a plugin is at hand (`PJRT_PLUGIN`, or a Python package), a network. PyTorch is timed
 * beside it where the Python has it.
 */

import { parseArgs } from "node:util";
import { InputError } from "@/lib/base/errors.ts";
import { engineTraining } from "@/tests/bench/engine_cases.ts";
import { checkOp, type OpFinding } from "@/tests/bench/gpu/check_ops.ts";
import {
  checkTraining,
  FIRST_STEPS,
  TOLERANCE,
  type TrainingFinding,
} from "@/tests/bench/gpu/check_training.ts";
import { openBench } from "@/tests/bench/gpu/open_bench.ts";
import { type Pack, type PackedTiming, packFiles } from "@/tests/bench/gpu/pack.ts";
import type { Bench } from "@/tests/bench/gpu/run_step.ts";
import { matrixRate, timeStep, type TimingFinding } from "@/tests/bench/gpu/time_step.ts";
import { timeTorch, type TorchFinding } from "@/tests/bench/gpu/time_torch.ts";

const { values: options } = parseArgs({
  options: {
    folder: { type: "string", default: import.meta.dirname! },
    device: { type: "string", default: "gpu" },
    python: { type: "string", default: "python3" },
    json: { type: "string" },
    seconds: { type: "string", default: "5" },
    only: { type: "string", default: "" },
  },
});

/** Side of the matrices whose product tells the device's peak; on a processor a smaller one does. */
const SIDES: Readonly<Record<string, number>> = { cpu: 1024 };
const LARGE_SIDE = 8192;

const { folder } = options;
const pack: Pack = JSON.parse(await Deno.readTextFile(`${folder}/${packFiles.index}`));
const bench = await openBench(folder, options.device).catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  say(error.message);
  Deno.exit(2);
});
const { client, device } = bench;
const wanted = <T extends { readonly name: string }>(list: readonly T[], kind: string) =>
  list.filter(({ name }) => `${kind} ${name}`.includes(options.only));

say(`${device.kind}, ${client.platform} ${client.version.split("\n")[0]}`);
const ops = await checkOps(bench);
const trainings = await checkTrainings(bench);
const { matrix, timings } = await time(bench);
const wrong = ops.filter(isWrongOp).length + trainings.filter(isWrongTraining).length +
  timings.filter(({ loss }) => !Number.isFinite(loss)).length;
if (options.json !== undefined) {
  const said = { device: device.kind, platform: client.platform, version: client.version };
  await Deno.writeTextFile(
    options.json,
    JSON.stringify({ ...said, ops, trainings, matrix, timings }, null, 1),
  );
}
say(wrong === 0 ? "All is well." : `${wrong} findings are wrong.`);
Deno.exit(wrong === 0 ? 0 : 1);

async function checkOps(bench: Bench): Promise<OpFinding[]> {
  const ops: OpFinding[] = [];
  for (const op of wanted(pack.ops, "op")) {
    const found = await checkOp(bench, op);
    ops.push(found);
    if (!isWrongOp(found)) continue;
    say(`WRONG: op ${found.name}: ${found.error ?? `differs by ${found.difference}`}`);
  }
  if (ops.length > 0) {
    say(`ops: ${ops.filter((op) => !isWrongOp(op)).length} of ${ops.length} right`);
  }
  return ops;
}

function isWrongOp({ difference, tolerance }: OpFinding): boolean {
  return difference === null || !(difference <= tolerance);
}

async function checkTrainings(bench: Bench): Promise<TrainingFinding[]> {
  const trainings: TrainingFinding[] = [];
  for (const training of wanted(pack.trainings, "training")) {
    const found = await checkTraining(bench, training);
    trainings.push(found);
    say(
      `${
        isWrongTraining(found) ? "WRONG: " : ""
      }training by ${found.name}: losses differ from the CPU's by ` +
        `${found.firstSteps.toExponential(1)} in ${FIRST_STEPS} steps, ${
          found.allSteps.toExponential(1)
        } in all; ` +
        `again the ${found.isRepeated ? "same" : "OTHER"} bytes; compiled in ${
          found.compileSeconds.toFixed(1)
        } s`,
    );
  }
  return trainings;
}

function isWrongTraining({ firstSteps, isRepeated }: TrainingFinding): boolean {
  return !(firstSteps <= TOLERANCE) || !isRepeated;
}

async function time(bench: Bench) {
  const steps = wanted(pack.timings, "time");
  if (steps.length === 0) return { matrix: null, timings: [] };
  const side = SIDES[client.platform] ?? LARGE_SIDE;
  const matrix = await matrixRate(bench, side);
  say(`bfloat16 matrices of ${side} x ${side}: ${(matrix / 1e12).toFixed(1)} TFLOP/s`);
  const timings: (TimingFinding & { readonly torch: TorchFinding })[] = [];
  for (const timing of steps) {
    const ours = await timeStep(bench, timing, Number(options.seconds));
    say(told(ours, matrix));
    const torch = await timeTorch(whatOf(timing), { folder, python: options.python });
    say("error" in torch ? `  PyTorch: ${torch.error}` : toldTorch(torch, ours));
    timings.push({ ...ours, torch });
  }
  return { matrix, timings };
}

function whatOf({ case: engineCase }: PackedTiming) {
  return {
    ...engineCase,
    ...engineTraining,
    precision: "bfloat16",
    views: "ready-made",
    seconds: Number(options.seconds),
    threads: 1,
    layout: "channels-last",
    compiled: true,
    device: client.platform === "cpu" ? "cpu" : options.device.replace("gpu", "cuda"),
  };
}

function told(ours: TimingFinding, matrix: number): string {
  const inputs = 1 - ours.viewsPerSecond / ours.viewsPerSecondWithoutInputs;
  const bytes = ours.peakBytes ?? ours.plannedBytes;
  return `${ours.name}: ${ours.viewsPerSecond.toFixed(0)} views/s, ` +
    `${(100 * ours.operationsPerSecond / matrix).toFixed(0)} % of the matrix rate, ` +
    `new inputs take ${(100 * inputs).toFixed(0)} %, ` +
    `${bytes === null ? "memory unknown" : `${(bytes / 2 ** 30).toFixed(1)} GiB`}, ` +
    `compiled in ${ours.compileSeconds.toFixed(0)} s, loss ${ours.loss.toFixed(2)}`;
}

function toldTorch(
  torch: { readonly viewsPerSecond: number; readonly versions: string },
  ours: TimingFinding,
): string {
  const ratio = ours.viewsPerSecond / torch.viewsPerSecond;
  return `  PyTorch: ${torch.viewsPerSecond.toFixed(0)} views/s (${torch.versions}); ours is ${
    ratio.toFixed(2)
  } times that`;
}

function say(line: string): void {
  // deno-lint-ignore no-console -- the result of a benchmark
  console.log(line);
}
