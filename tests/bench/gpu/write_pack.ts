/** Writes a pack: `write_pack.ts FOLDER [IMAGES]`, where IMAGES is the number of images of each timed step in place of its own. */

import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { methodNames } from "@/dsl/mod.ts";
import { compile, loadBackend } from "@/lib/tensor/mod.ts";
import { sizeOf } from "@/lib/network/mod.ts";
import {
  type EngineCase,
  engineCases,
  operationsOfView,
  viewsOf,
} from "@/tests/bench/engine_cases.ts";
import {
  captureCalls,
  type CapturedArray,
  type CapturedProgram,
  resultTypes,
} from "@/tests/bench/gpu/capture.ts";
import { methodLosses } from "@/tests/bench/gpu/method_steps.ts";
import {
  type Pack,
  type PackedArray,
  type PackedOp,
  type PackedTiming,
  type PackedTraining,
  packFiles,
} from "@/tests/bench/gpu/pack.ts";
import { repeatedStep } from "@/tests/bench/repeated_step.ts";
import { opCases } from "@/tests/tensor/stablehlo/op_case.ts";

const STEPS = 50;

/** Arrays of more bytes than these travel as a description, where their values do not matter. */
const LARGEST = 2 ** 16;

/** The steps to time: SimCLR's, with as many images as a GPU wants. */
const timedCases: readonly EngineCase[] = [
  { ...caseNamed("width 64"), images: 512 },
  { ...caseNamed("ResNet-18"), images: 512 },
  {
    ...caseNamed("ResNet-50"),
    images: 256,
    method: { name: "simclr", hidden: 2048, output: 128 },
  },
];

function caseNamed(part: string): EngineCase {
  return engineCases.find(({ name }) => name.includes(part))!;
}

/** Collects arrays and programs into the files of a pack. */
function packing(folder: string) {
  const parts: Uint8Array[] = [];
  const places = new Map<Uint8Array, number>();
  let length = 0, programs = 0;
  return {
    array({ shape, type, bytes }: CapturedArray): PackedArray {
      let offset = places.get(bytes);
      if (offset === undefined) {
        offset = length;
        places.set(bytes, offset);
        parts.push(bytes);
        length += bytes.byteLength;
      }
      return { shape, type, from: { offset, byteLength: bytes.byteLength } };
    },
    async program(text: string): Promise<string> {
      const name = `program_${programs++}.mlir`;
      await Deno.writeTextFile(`${folder}/${name}`, text);
      return name;
    },
    async data(): Promise<void> {
      using file = await Deno.create(`${folder}/${packFiles.data}`);
      const writer = file.writable.getWriter();
      for (const part of parts) await writer.write(part);
      await writer.close().catch(() => {});
    },
  };
}

type Packing = ReturnType<typeof packing>;

async function packOps(files: Packing): Promise<PackedOp[]> {
  // Each file of cases declares its own as it is loaded.
  const cases = `${import.meta.dirname}/../../tensor/stablehlo`;
  for await (const { name } of Deno.readDir(cases)) {
    if (name.endsWith("_test.ts")) await import(pathToFileURL(`${cases}/${name}`).href);
  }
  const ops: PackedOp[] = [];
  for (const { name, tolerance, tries } of opCases) {
    for (const [i, prepare] of tries.entries()) {
      const { program, inputs } = prepare();
      const results = tf.tidy(() => [...program(inputs)]);
      const expected = results.map(capturedOf);
      await captureCalls(async (captured) => {
        const compiled = compile(program);
        tf.dispose(await compiled(inputs));
        compiled.dispose();
        ops.push({
          name: `${name}, try ${i}`,
          program: await files.program(captured[0]!.text),
          inputs: [...captured[0]!.calls[0]!.values()].map(files.array),
          expected: expected.map(files.array),
          tolerance,
        });
      }, { isRun: false });
      tf.dispose([...inputs, ...results]);
    }
  }
  return ops;
}

function capturedOf(tensor: tf.Tensor): CapturedArray {
  const values = tensor.dataSync();
  const type = tensor.dtype === "float32" ? "f32" : tensor.dtype === "int32" ? "i32" : "i1";
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  return { shape: tensor.shape, type, bytes };
}

async function packTrainings(
  files: Packing,
  expected: Readonly<Record<string, number[]>>,
): Promise<PackedTraining[]> {
  const trainings: PackedTraining[] = [];
  for (const method of methodNames) {
    await captureCalls(async (captured) => {
      await methodLosses(method, STEPS);
      const step = captured.find(({ donated }) => donated.length > 0)!;
      const state = new Set(step.donated.map(([argument]) => argument));
      trainings.push({
        name: method,
        program: await files.program(step.text),
        args: [...step.calls[0]!.values()].map(files.array),
        state: stateOf(step),
        loss: lossOf(step),
        inputs: step.calls.map((call) =>
          [...call].filter(([i]) => !state.has(i)).map(([i, array]) =>
            [i, files.array(array)] as const
          )
        ),
        losses: expected[method]!,
      });
    }, { isRun: false });
  }
  return trainings;
}

async function packTimings(files: Packing, images: number | undefined): Promise<PackedTiming[]> {
  const timings: PackedTiming[] = [];
  for (const own of timedCases) {
    const engineCase = images === undefined ? own : { ...own, images };
    await captureCalls(async (captured) => {
      const step = repeatedStep(engineCase, { precision: "bfloat16" });
      await step.run();
      const { text, donated, calls } = captured[0]!;
      const state = new Set(donated.map(([argument]) => argument));
      const args = [...calls[0]!.values()];
      const views = viewsOf(engineCase);
      timings.push({
        name: `${engineCase.name}, ${engineCase.images} images`,
        program: await files.program(text),
        args: args.map((array) => described(array) ?? files.array(array)),
        state: stateOf(captured[0]!),
        loss: lossOf(captured[0]!),
        case: engineCase,
        // The resident images are the same in every step.
        fresh: args.flatMap(({ type }, i) => state.has(i) || type === "ui8" ? [] : [i]),
        views,
        operations: views * operationsOfView(engineCase),
      });
    }, { isRun: false });
  }
  return timings;
}

/** An array by its kind, where it is large; nothing where its values must be kept. */
function described({ shape, type, bytes }: CapturedArray): PackedArray | undefined {
  if (bytes.byteLength <= LARGEST) return undefined;
  if (type === "ui8") return { shape, type, from: { speckle: true } };
  if (type !== "f32") return undefined;
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, sizeOf(shape));
  const first = values[0]!;
  if (values.every((value) => value === first)) return { shape, type, from: { value: first } };
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return { shape, type, from: { normal: Math.sqrt(square) } };
}

/**
 * Where each part of a training step's state goes on: arguments and outputs are in the order of their names, of which `state`
 * is the last. What an argument's memory becomes says nothing of it: that is any output of its shape.
 */
function stateOf({ text, donated }: CapturedProgram): readonly (readonly [number, number])[] {
  const args = donated.map(([argument]) => argument).toSorted((a, b) => a - b);
  const firstOutput = resultTypes(text).length - args.length;
  return args.map((argument, i) => [argument, firstOutput + i] as const);
}

/** The loss is the second scalar that is no part of the state. */
function lossOf(program: CapturedProgram): number {
  const [firstState] = stateOf(program)[0]!.slice(1);
  const scalars = resultTypes(program.text).slice(0, firstState)
    .flatMap((type, i) => type === "tensor<f32>" ? [i] : []);
  // accuracy, features, loss, state
  return scalars[1]!;
}

async function lossesOnCpu(): Promise<Record<string, number[]>> {
  const program = `${import.meta.dirname}/method_steps.ts`;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", program, String(STEPS)],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

if (import.meta.main) {
  const [folder, images] = Deno.args;
  await Deno.mkdir(folder!, { recursive: true });
  const expected = await lossesOnCpu();
  await loadBackend({ device: "xla-cpu" });
  const files = packing(folder!);
  const pack: Pack = {
    ops: await packOps(files),
    trainings: await packTrainings(files, expected),
    timings: await packTimings(files, images === undefined ? undefined : Number(images)),
  };
  await files.data();
  await Deno.writeTextFile(`${folder}/${packFiles.index}`, JSON.stringify(pack));
}
