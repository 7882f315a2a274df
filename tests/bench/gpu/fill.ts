import { randomAt } from "@/lib/base/random.ts";
import { byteLengthOf } from "@/lib/tensor/pjrt/element_type.ts";
import type { PackedArray } from "@/tests/bench/gpu/pack.ts";

// A period of normal numbers is enough where only their size matters.
const PERIOD = 65_537;
let normal: Float32Array | undefined;

/** The bytes of a packed array. */
export function bytesOf({ shape, type, from }: PackedArray, data: Uint8Array): Uint8Array {
  if ("offset" in from) return data.subarray(from.offset, from.offset + from.byteLength);
  const bytes = new Uint8Array(byteLengthOf(shape, type));
  if ("speckle" in from) {
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.imul(i, 0x9E3779B1) >>> 24;
    return bytes;
  }
  const values = new Float32Array(bytes.buffer);
  if ("value" in from) return values.fill(from.value), bytes;
  const random = randomAt(1, "fill");
  normal ??= Float32Array.from({ length: PERIOD }, () => random.normal());
  for (let i = 0; i < values.length; i++) values[i] = from.normal * normal[i % PERIOD]!;
  return bytes;
}
