import type { OpAttribute } from "@/lib/tensor/executor.ts";

/** Shape and data type of a value. */
export interface ValueType {
  readonly shape: readonly number[];
  /** TensorFlow's number. */
  readonly dtype: number;
}

/** A value that is given when the function is called: an input, a captured tensor or a variable's value. */
export interface RecordedInput extends ValueType {
  readonly kind: "input";
}

/** A value that was known when the function was traced. */
export interface RecordedConstant extends ValueType {
  readonly kind: "constant";
  /** As TensorFlow holds them: bfloat16 in two bytes, bool in one. */
  readonly bytes: Uint8Array;
}

/** What an op gives. */
export interface RecordedResult extends ValueType {
  readonly kind: "result";
  readonly op: RecordedOp;
  /** Which of the op's outputs. */
  readonly index: number;
}

/** A value in a recorded function. */
export type RecordedValue = RecordedInput | RecordedConstant | RecordedResult;

/** An op that was asked for while a function was traced. */
export interface RecordedOp {
  /** Its name in TensorFlow. */
  readonly name: string;
  /** With the types that its tensors really have. */
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly RecordedValue[];
  readonly outputs: readonly ValueType[];
}

/** A function of tensors as plain data, from which a program for any executor can be written. */
export interface RecordedFunction {
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly inputs: readonly RecordedInput[];
  readonly outputs: readonly RecordedValue[];
}
