import type { RecordedOp, RecordedValue } from "@/lib/tensor/recorded.ts";
import type { Builder, Value } from "@/lib/tensor/stablehlo/builder.ts";
import { numbersOf } from "@/lib/tensor/stablehlo/constant_text.ts";
import { elementOf, type TensorType } from "@/lib/tensor/stablehlo/types.ts";

/** A recorded op that is being written into a program. */
export interface OpCall {
  /** Its name in TensorFlow. */
  readonly name: string;
  /** What the program is written with. */
  readonly b: Builder;
  /** All inputs as values of the program. */
  readonly inputs: readonly Value[];
  /** One input; a constant is written where it is first asked for. */
  input(index: number): Value;
  /** How many inputs there are. */
  readonly count: number;
  /** Shapes and types of the outputs, as TensorFlow has them. */
  readonly outputs: readonly TensorType[];
  /** The first of them. */
  readonly output: TensorType;
  /**
   * The numbers of an input that a program must know: axes, a shape, paddings.
   *
   * @throws {Error} If it is computed, or given when the function is called.
   */
  known(index: number): number[];
  /** An attribute's number, or a default where it was not given. */
  number(name: string, fallback?: number): number;
  /** An attribute's list of numbers. */
  numbers(name: string, fallback?: readonly number[]): readonly number[];
  flag(name: string, fallback?: boolean): boolean;
  text(name: string, fallback?: string): string;
}

/** How an op is written: gives its outputs, or the first of them where it has one. */
export type Lowering = (call: OpCall) => Value | readonly Value[];

/** @param valueOf Writes a recorded value, where it was not, and names it. */
export function opCall(
  op: RecordedOp,
  { b, valueOf }: { b: Builder; valueOf: (value: RecordedValue) => Value },
): OpCall {
  const outputs = op.outputs.map(({ shape, dtype }) => ({ shape, element: elementOf(dtype) }));

  function attribute<T>(name: string, fallback: T | undefined): T {
    const found = op.attributes.find((attribute) => attribute.name === name);
    const value = found === undefined ? fallback : found.value as T;
    if (value === undefined) throw new Error(`${op.name} lacks its attribute ${name}`);
    return value;
  }

  const input = (index: number): Value => valueOf(op.inputs[index]!);
  return {
    name: op.name,
    b,
    get inputs() {
      return op.inputs.map(valueOf);
    },
    input,
    count: op.inputs.length,
    outputs,
    get output() {
      return outputs[0]!;
    },
    known(index) {
      const value = behindIdentity(op.inputs[index]!);
      if (value.kind === "constant") return numbersOf(value.bytes, elementOf(value.dtype));
      throw new Error(
        `Cannot compile ${op.name}: its input ${index + 1} must be known when the function is ` +
          "traced, and it depends on values. Compute it in JavaScript",
      );
    },
    number: (name, fallback) => Number(attribute<number>(name, fallback)),
    numbers: (name, fallback) => attribute<readonly number[]>(name, fallback).map(Number),
    flag: (name, fallback) => Boolean(attribute<boolean>(name, fallback)),
    text: (name, fallback) => String(attribute<string>(name, fallback)),
  };
}

function behindIdentity(value: RecordedValue): RecordedValue {
  while (value.kind === "result" && value.op.name === "Identity") value = value.op.inputs[0]!;
  return value;
}
