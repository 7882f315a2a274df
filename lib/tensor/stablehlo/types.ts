import { DATA_TYPE } from "@/lib/tensor/data_types.ts";

/** The types of a tensor's elements, as StableHLO writes them. */
export type ElementType = "f32" | "bf16" | "i32" | "i64" | "ui8" | "i1";

/** Shape and element type of a value in a program. */
export interface TensorType {
  readonly shape: readonly number[];
  readonly element: ElementType;
}

const ELEMENTS: ReadonlyMap<number, ElementType> = new Map<number, ElementType>([
  [DATA_TYPE.float32, "f32"],
  [DATA_TYPE.bfloat16, "bf16"],
  [DATA_TYPE.int32, "i32"],
  [DATA_TYPE.int64, "i64"],
  [DATA_TYPE.uint8, "ui8"],
  [DATA_TYPE.bool, "i1"],
]);

/**
 * The element type for one of TensorFlow's data types.
 *
 * @throws {Error} For one that no program holds: complex numbers, texts.
 */
export function elementOf(dtype: number): ElementType {
  const element = ELEMENTS.get(dtype);
  if (element !== undefined) return element;
  throw new Error(
    `Cannot compile TensorFlow's data type ${dtype}: programs hold float32, bfloat16, int32, ` +
      "int64, uint8 and bool",
  );
}

/** Whether it has fractions. */
export function isFloat(element: ElementType): boolean {
  return element === "f32" || element === "bf16";
}

/** A type as StableHLO writes it: `tensor<2x3xf32>`. */
export function typeText({ shape, element }: TensorType): string {
  return `tensor<${[...shape, element].join("x")}>`;
}

/** What an op takes and gives, as StableHLO writes it: `(tensor<2xf32>) -> tensor<f32>`. */
export function signature(takes: readonly TensorType[], gives: readonly TensorType[]): string {
  const results = gives.map(typeText).join(", ");
  return `(${takes.map(typeText).join(", ")}) -> ${gives.length === 1 ? results : `(${results})`}`;
}
