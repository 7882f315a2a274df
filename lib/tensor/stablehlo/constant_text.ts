import { sizeOf } from "@/lib/tensor/data_types.ts";
import {
  type ElementType,
  isFloat,
  type TensorType,
  typeText,
} from "@/lib/tensor/stablehlo/types.ts";

/** Bytes of an element. */
const WIDTHS: Readonly<Record<ElementType, number>> = {
  f32: 4,
  bf16: 2,
  i32: 4,
  i64: 8,
  ui8: 1,
  i1: 1,
};

/** Lists of at most this many elements are written for a reader; longer ones in hexadecimal. */
const LONGEST_LIST = 16;

/**
 * The values of a constant as numbers; what does not fit one exactly (large int64) is rounded.
 *
 * @param bytes As TensorFlow holds them.
 */
export function numbersOf(bytes: Uint8Array, element: ElementType): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / WIDTHS[element] }, (_, i) => {
    switch (element) {
      case "f32":
        return view.getFloat32(4 * i, true);
      case "bf16":
        return fromBfloat16(view.getUint16(2 * i, true));
      case "i32":
        return view.getInt32(4 * i, true);
      case "i64":
        return Number(view.getBigInt64(8 * i, true));
      case "ui8":
      case "i1":
        return view.getUint8(i);
    }
  });
}

/**
 * A constant as StableHLO writes it, `dense<…> : tensor<…>`.
 *
 * @param bytes As TensorFlow holds them. A bool that is not one value throughout or a short list has no form of its own:
 *   write it as bytes and compare with 0.
 */
export function constantText(bytes: Uint8Array, type: TensorType): string {
  const { shape, element } = type;
  const width = WIDTHS[element];
  if (bytes.length !== sizeOf(shape) * width) {
    throw new Error(`A constant of shape [${shape}] has ${bytes.length} bytes`);
  }
  const same = bytes.every((byte, i) => byte === bytes[i % width]);
  const write = (text: string) => `dense<${text}> : ${typeText(type)}`;
  if (bytes.length === 0) return write("");
  if (same) return write(elementText(bytes.subarray(0, width), element));
  if (shape.length === 1 && shape[0]! <= LONGEST_LIST) {
    const parts = Array.from(
      { length: shape[0]! },
      (_, i) => elementText(bytes.subarray(i * width, (i + 1) * width), element),
    );
    return write(`[${parts.join(", ")}]`);
  }
  return write(`"0x${hex(bytes)}"`);
}

/** A constant of one value throughout. */
export function splatText(value: number, type: TensorType): string {
  const { element } = type;
  const text = element === "i1"
    ? String(value !== 0)
    : isFloat(element)
    ? floatText(value, element)
    : String(BigInt(value));
  return `dense<${text}> : ${typeText(type)}`;
}

function elementText(bytes: Uint8Array, element: ElementType): string {
  if (element === "i64") {
    return String(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true));
  }
  const [value] = numbersOf(bytes, element);
  if (element === "i1") return String(value !== 0);
  return isFloat(element) ? floatText(value!, element) : String(value);
}

function floatText(value: number, element: ElementType): string {
  const float = Math.fround(value);
  // No decimal says an infinity or no number, and few readers keep the sign of a zero.
  if (!Number.isFinite(float) || Object.is(float, -0)) {
    const bits = new DataView(new ArrayBuffer(4));
    bits.setFloat32(0, float);
    return element === "f32" ? `0x${hex(bits, 4)}` : `0x${hex(bits, 2)}`;
  }
  const text = float.toExponential();
  return text.includes(".") ? text : text.replace("e", ".0e");
}

function fromBfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

function hex(data: Uint8Array | DataView, length = data.byteLength): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, length);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
}
