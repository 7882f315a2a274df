/** A type of numbers in files of weights. */
export interface ElementType {
  /** Bytes of a number. */
  readonly bytes: number;
  /** Floats of little-endian bytes that begin at a buffer's beginning; absent where no weights are of this type. */
  readonly floats?: (bytes: Uint8Array<ArrayBuffer>) => Float32Array;
}

/** The types by their names in safetensors. */
export const elementTypes = {
  F64: { bytes: 8, floats: ({ buffer }) => Float32Array.from(new Float64Array(buffer)) },
  F32: { bytes: 4, floats: ({ buffer }) => new Float32Array(buffer) },
  F16: { bytes: 2, floats: ({ buffer }) => Float32Array.from(new Float16Array(buffer)) },
  // The first half of a float32.
  BF16: {
    bytes: 2,
    floats: ({ buffer }) =>
      new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer),
  },
  I64: { bytes: 8 },
  I32: { bytes: 4 },
  I16: { bytes: 2 },
  I8: { bytes: 1 },
  U8: { bytes: 1 },
  BOOL: { bytes: 1 },
} satisfies Readonly<Record<string, ElementType>>;

/** The name of a type. */
export type ElementName = keyof typeof elementTypes;

/** The type of a name in safetensors; `undefined` for one that is not known. */
export function elementType(name: string): ElementType | undefined {
  return Object.hasOwn(elementTypes, name) ? elementTypes[name as ElementName] : undefined;
}

/** Turns the bytes of each number around, in place: from big-endian to little-endian. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}
