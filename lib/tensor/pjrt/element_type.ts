import { ELEMENT_TYPE } from "@/lib/tensor/pjrt/header.ts";

/** What a buffer holds, by StableHLO's names. */
export type ElementType = keyof typeof ELEMENT_TYPE;

const BITS: Readonly<Record<ElementType, number>> = {
  // A truth value has a byte to itself.
  i1: 8,
  i8: 8,
  i16: 16,
  i32: 32,
  i64: 64,
  ui8: 8,
  ui16: 16,
  ui32: 32,
  ui64: 64,
  f16: 16,
  f32: 32,
  f64: 64,
  bf16: 16,
};

/** Bytes of a dense array. */
export function byteLengthOf(shape: readonly number[], type: ElementType): number {
  return shape.reduce((product, length) => product * length, BITS[type] / 8);
}

/**
 * The element type of one of PJRT's numbers.
 *
 * @throws {Error} For one that this room does not move.
 */
export function elementTypeOf(number: number): ElementType {
  for (const [name, own] of Object.entries(ELEMENT_TYPE)) {
    if (own === number) return name as ElementType;
  }
  throw new Error(`Cannot hold values of PJRT's element type ${number}`);
}
