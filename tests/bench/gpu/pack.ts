import type { ElementType } from "@/lib/tensor/pjrt/element_type.ts";
import type { EngineCase } from "@/tests/bench/engine_cases.ts";

/** An array of a pack: bytes of its data file, or, where only its kind matters, how it is filled. */
export interface PackedArray {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly from:
    | { readonly offset: number; readonly byteLength: number }
    /** Normal numbers of this deviation, one value throughout, or bytes that differ. */
    | { readonly normal: number }
    | { readonly value: number }
    | { readonly speckle: true };
}

/** An op's program, and what TensorFlow gives on the CPU for the same inputs. */
export interface PackedOp {
  readonly name: string;
  /** File of the program. */
  readonly program: string;
  readonly inputs: readonly PackedArray[];
  readonly expected: readonly PackedArray[];
  /** The largest difference allowed, in parts of an output's largest value. */
  readonly tolerance: number;
}

/** A training step's program, and how its state goes on. */
export interface PackedStep {
  readonly name: string;
  readonly program: string;
  /** Of the first step, in the program's order. */
  readonly args: readonly PackedArray[];
  /** The output that is each state argument of the next step: pairs of argument and output. */
  readonly state: readonly (readonly [argument: number, output: number])[];
  /** The output that is the loss. */
  readonly loss: number;
}

/** Some steps of a method's training, with the losses that TensorFlow gives on the CPU. */
export interface PackedTraining extends PackedStep {
  /** By step, the arguments that are not state: pairs of argument and array. */
  readonly inputs: readonly (readonly (readonly [argument: number, array: PackedArray])[])[];
  readonly losses: readonly number[];
}

/** A step to be timed. */
export interface PackedTiming extends PackedStep {
  readonly case: EngineCase;
  /** Arguments that are new in every step. */
  readonly fresh: readonly number[];
  readonly views: number;
  /** Multiplications and additions a step. */
  readonly operations: number;
}

/** All that is checked and timed on a device, with no need of TensorFlow or a network there. */
export interface Pack {
  readonly ops: readonly PackedOp[];
  readonly trainings: readonly PackedTraining[];
  readonly timings: readonly PackedTiming[];
}

/** Files of a pack. */
export const packFiles = {
  index: "pack.json",
  data: "data.bin",
  program: "bench_gpu.js",
} as const;
