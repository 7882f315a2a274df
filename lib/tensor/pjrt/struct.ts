import { addressOf } from "@/lib/tensor/pjrt/memory.ts";

/** What a field is given: a number, or what it shall point to. */
export type FieldValue =
  | bigint
  | number
  | Uint8Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Struct<string>;

/** A C struct as PJRT has them, in memory of JavaScript's that holds on to all that it points to. */
export interface Struct<Field extends string> {
  readonly words: BigUint64Array<ArrayBuffer>;
  /** The word of a field, as the plugin left it. */
  get(field: Field): bigint;
  /** The same as a number: a size, or an `int` of four bytes. */
  number(field: Field): number;
}

/** How much of a struct stands before its first field: `struct_size` and `extension_start`. */
const HEAD_WORDS = 2;

/**
 * Zeroed words behind the fields that are known. A plugin refuses a struct smaller than its own, takes a larger one, and
 * reads the zeros as fields that are not given: so one of any later version finds room for what its version added.
 */
const SPARE_WORDS = 24;

/**
 * Makes a struct.
 *
 * @param fields All that it has after its head.
 * @param values What they are given; the others are zero.
 * @param options.isExact Without spare words, as it has to be where it lies in an array.
 */
export function struct<Field extends string>(
  fields: readonly Field[],
  values: Partial<Record<Field, FieldValue>>,
  options: { readonly isExact?: boolean } = {},
): Struct<Field> {
  const count = HEAD_WORDS + fields.length + (options.isExact ? 0 : SPARE_WORDS);
  const words = new BigUint64Array(new ArrayBuffer(count * 8));
  words[0] = BigInt(words.byteLength);
  const at = (field: Field) => HEAD_WORDS + fields.indexOf(field);
  for (const field of fields) {
    const value = values[field];
    if (value !== undefined) words[at(field)] = wordOf(value);
  }
  const held = {
    words,
    // Named only so that what is pointed to lives as long as the struct does.
    values,
    get: (field: Field) => words[at(field)]!,
    number: (field: Field) => Number(words[at(field)]!),
  };
  return held;
}

function wordOf(value: FieldValue): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  return addressOf("words" in value ? value.words : value);
}
