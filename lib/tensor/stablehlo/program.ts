import type {
  RecordedFunction,
  RecordedInput,
  RecordedResult,
  RecordedValue,
} from "@/lib/tensor/recorded.ts";
import { builder, type Value } from "@/lib/tensor/stablehlo/builder.ts";
import { loweringOf } from "@/lib/tensor/stablehlo/lowerings.ts";
import { opCall } from "@/lib/tensor/stablehlo/op_call.ts";
import { elementOf, type TensorType, typeText } from "@/lib/tensor/stablehlo/types.ts";

/** How a program is to be run. */
export interface ProgramOptions {
  /** Inputs whose memory an output may take: the input's place, and the output's. */
  readonly donated?: ReadonlyMap<number, number>;
  /** Devices that share the work of a call; 1 by default. */
  readonly partitions?: number;
  /** The places of the inputs of which each device has an equal share, cut along the first axis; it has all of others. */
  readonly sharded?: ReadonlySet<number>;
}

/**
 * A recorded function as the text of a StableHLO module with one function, `@main`.
 *
 * It takes all inputs of the function, in order, and gives its outputs; of the ops it has what outputs depend on, each
 * once. The same function gives the same text.
 *
 * @throws {Error} For an op that is not in `supportedOps()`, one that cannot be written with what it was given, or an
 *   input that has no equal shares.
 */
export function toStableHlo(fn: RecordedFunction, options: ProgramOptions = {}): string {
  const b = builder();
  const inputs = new Map<RecordedInput, Value>(
    fn.inputs.map((input, i) => [input, { name: `%arg${i}`, ...typeOf(input) }]),
  );
  const written = new Map<RecordedResult["op"], readonly Value[]>();

  function valueOf(value: RecordedValue): Value {
    switch (value.kind) {
      case "input": {
        const input = inputs.get(value);
        if (input === undefined) throw new Error(`${fn.name} reads an input that is not its own`);
        return input;
      }
      case "constant":
        return b.constant(value.bytes, typeOf(value));
      case "result":
        return written.get(value.op)![value.index]!;
    }
  }

  for (const op of opsBehind(fn.outputs)) {
    const call = opCall(op, { b, valueOf });
    const made = loweringOf(op.name)(call);
    const values = "name" in made ? [made] : made;
    call.outputs.forEach((type, i) => check(op.name, values[i], type));
    written.set(op, values);
  }
  const { partitions = 1 } = options;
  const results = fn.outputs.map(valueOf);
  const types = results.map(typeText).join(", ");
  const given = results.map(({ name }) => name).join(", ");
  const takes = fn.inputs.map((input, i) => argument(input, i, options)).join(", ");
  const gives = results.map((result) =>
    partitions === 1
      ? typeText(result)
      : `${typeText(result)} {${shardingOf(result.shape.length, false)}}`
  ).join(", ");
  return [
    `module @${fn.name} {`,
    ...partitions === 1 ? [] : [`  sdy.mesh @devices = <["share"=${partitions}]>`],
    `  func.func public @main(${takes}) -> (${gives}) {`,
    ...b.lines.map((line) => `    ${line}`),
    results.length === 0 ? "    return" : `    return ${given} : ${types}`,
    "  }",
    "}",
    "",
  ].join("\n");
}

function argument(input: RecordedInput, index: number, options: ProgramOptions): string {
  const { donated, partitions = 1, sharded } = options;
  const output = donated?.get(index), isShared = sharded?.has(index) ?? false;
  if (isShared && (input.shape[0] ?? 1) % partitions !== 0) {
    throw new Error(
      `Cannot cut an input of shape [${input.shape}] into ${partitions} equal shares of its first axis`,
    );
  }
  const attributes = [
    ...partitions === 1 ? [] : [shardingOf(input.shape.length, isShared)],
    ...output === undefined ? [] : [`tf.aliasing_output = ${output} : i32`],
  ].join(", ");
  return `%arg${index}: ${typeText(typeOf(input))}${attributes && ` {${attributes}}`}`;
}

/** Which part of a value each device has, in the dialect of XLA's partitioner Shardy: all, or a share of the first axis. */
function shardingOf(rank: number, isShared: boolean): string {
  const axes = Array.from(
    { length: rank },
    (_, axis) => isShared && axis === 0 ? `{"share"}` : "{}",
  );
  return `sdy.sharding = #sdy.sharding<@devices, [${axes.join(", ")}]>`;
}

function typeOf({ shape, dtype }: RecordedValue): TensorType {
  return { shape, element: elementOf(dtype) };
}

function check(name: string, value: Value | undefined, expected: TensorType): void {
  const made = value === undefined ? "nothing" : typeText(value);
  if (made === typeText(expected)) return;
  throw new Error(`The program for ${name} makes ${made}, not ${typeText(expected)}`);
}

/** The ops that values depend on, each after those that it depends on. */
function opsBehind(values: readonly RecordedValue[]): Set<RecordedResult["op"]> {
  const done = new Set<RecordedResult["op"]>();
  const begun = new Set<RecordedResult["op"]>();
  const opsOf = (read: readonly RecordedValue[]) =>
    read.flatMap((value) => value.kind === "result" ? [value.op] : []).reverse();
  // A stack of our own: a training step is thousands of ops deep.
  const stack = opsOf(values);
  while (stack.length > 0) {
    const op = stack.at(-1)!;
    if (!begun.has(op)) {
      begun.add(op);
      stack.push(...opsOf(op.inputs).filter((behind) => !begun.has(behind)));
    } else {
      done.add(op);
      stack.pop();
    }
  }
  return done;
}
