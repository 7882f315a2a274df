import { addressOf } from "@/lib/tensor/c_memory.ts";

/** What a field is given: a number, or what it shall point to. */
export type FieldValue =
  | bigint
  | number
  | Uint8Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  /** The addresses of these, one after the other. */
  | readonly BigUint64Array<ArrayBuffer>[]
  | Laid;

/** Words that may hold addresses, with what lies there. */
export interface Laid {
  readonly words: BigUint64Array<ArrayBuffer>;
  /** Must live as long as the words are read. */
  readonly held: unknown;
}

/** A C struct as PJRT has them, in memory of JavaScript's. */
export interface Struct<Field extends string> extends Laid {
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
  const held: unknown[] = [];
  words[0] = BigInt(words.byteLength);
  const at = (field: Field) => HEAD_WORDS + fields.indexOf(field);
  for (const field of fields) {
    const value = values[field];
    if (value === undefined) continue;
    const array = arrayOf(value);
    words[at(field)] = typeof array === "object" ? addressOf(array) : BigInt(array);
    held.push(value, array);
  }
  return {
    words,
    held,
    get: (field) => words[at(field)]!,
    number: (field) => Number(words[at(field)]!),
  };
}

/** The array that a field shall point to, or its number. */
function arrayOf(value: FieldValue) {
  if (typeof value !== "object") return value;
  if ("words" in value) return value.words;
  return ArrayBuffer.isView(value) ? value : BigUint64Array.from(value, addressOf);
}
