import type { ElementName } from "@/lib/pretrained/element_types.ts";
import { elementsOf } from "@/lib/pretrained/weight_file.ts";

/** A kind of PyTorch's storages. */
export class StorageKind {
  constructor(readonly dtype: ElementName) {
    Object.freeze(this);
  }
}

/** Numbers in a row, somewhere in the file, or a part of them. */
export class StoragePart {
  /**
   * @param key The name of the whole storage in its file.
   * @param begin The first of its elements that is the part's.
   * @param elements How many they are.
   */
  constructor(
    readonly key: string,
    readonly dtype: ElementName,
    readonly begin: number,
    readonly elements: number,
  ) {
    Object.freeze(this);
  }
}

/** A tensor: which elements of a storage it shows, and how. */
export class TensorView {
  /** @param offset Its first element, counted from the whole storage's beginning. */
  constructor(
    readonly storage: StoragePart,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {
    Object.freeze(this);
  }
}

/** Something that no weights are made of; what a pickle does to it has no effect. */
export const dropped = Object.freeze({ __setstate__() {} });

/** More than any tensor of PyTorch's has by itself; so that a shape is looked at whole. */
const MOST_AXES = 16;

/**
 * A tensor as a pickle describes it.
 *
 * @throws {Error} If it shows elements that its storage does not have.
 */
export function tensorView(
  storage: unknown,
  given: { readonly offset: unknown; readonly shape: unknown; readonly strides: unknown },
): TensorView {
  if (!(storage instanceof StoragePart)) throw new Error("a tensor has no storage");
  const shape = counts(given.shape), strides = counts(given.strides), offset = count(given.offset);
  if (strides.length !== shape.length) {
    throw new Error(`a tensor of shape [${shape}] has strides [${strides}]`);
  }
  const isEmpty = shape.includes(0);
  const end = isEmpty ? 0 : offset + spanOf(shape, strides);
  if (!(end <= storage.elements) || Number.isNaN(elementsOf(shape))) {
    throw new Error(
      `a tensor of shape [${shape}] and strides [${strides}] begins at element ${offset} of a storage of ${storage.elements}`,
    );
  }
  return new TensorView(storage, storage.begin + offset, shape, strides);
}

/** How many elements lie between the first and the last of a tensor, these included. */
export function spanOf(shape: readonly number[], strides: readonly number[]): number {
  return shape.reduce((span, extent, axis) => span + (extent - 1) * strides[axis]!, 1);
}

/** A count, which a pickle holds as a number or a big one. */
export function count(value: unknown): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`a size is ${typeof number === "number" ? number : `a ${typeof value}`}`);
}

function counts(value: unknown): readonly number[] {
  if (!Array.isArray(value) || value.length > MOST_AXES) throw new Error("a tensor has no shape");
  return Object.freeze(Array.from(value, count));
}
