import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { InputError, messageOf } from "@/lib/base/errors.ts";

/** A tensor as a safetensors file holds it. */
export interface StoredTensor {
  /** The format's name of the data type: "F32", "I64", … */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Little-endian, in row-major order. */
  readonly bytes: Uint8Array;
}

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

// The length of the header, in front of it, is an unsigned 64-bit number.
const LENGTH_BYTES = 8;

/**
 * The bytes of a safetensors file: length of the header, header in JSON, data.
 *
 * The same content gives the same bytes: names are sorted, and the header is filled up with spaces to a multiple of 8.
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const names = Object.keys(tensors).sort();
  let end = 0;
  const entries = names.map((name) => {
    const { dtype, shape, bytes } = tensors[name]!;
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const text = canonicalJson({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const bare = new TextEncoder().encode(text);
  const headerLength = Math.ceil(bare.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerLength + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerLength);
  file.set(bare, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerLength;
  for (const name of names) {
    file.set(tensors[name]!.bytes, at);
    at += tensors[name]!.bytes.length;
  }
  return file;
}

/**
 * Reads the bytes of a safetensors file.
 *
 * @param place The file's name, for errors.
 * @throws {InputError} If the bytes are not a whole safetensors file.
 */
export function decodeSafetensors(file: Uint8Array, place: string): Safetensors {
  const dataBegin = safetensorsDataBegin(file, { place, size: file.length });
  const data = file.subarray(dataBegin);
  const { entries, metadata } = readSafetensorsHeader(file.subarray(0, dataBegin), {
    place,
    dataBytes: data.length,
  });
  const tensors: Record<string, StoredTensor> = {};
  for (const [name, { dtype, shape, begin, end }] of entries) {
    tensors[name] = { dtype, shape, bytes: data.subarray(begin, end) };
  }
  return { tensors, metadata };
}

/** Where a tensor of a safetensors file is. */
export interface SafetensorsEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Its bytes, counted from the beginning of the data. */
  readonly begin: number;
  readonly end: number;
}

/**
 * The place in a safetensors file at which its data begins, behind the header.
 *
 * @param first The file's first 8 bytes, and any more.
 * @param at `place`: the file's name, for errors; `size`: its bytes.
 * @throws {InputError} If the file cannot hold the header that it announces.
 */
export function safetensorsDataBegin(
  first: Uint8Array,
  { place, size }: { readonly place: string; readonly size: number },
): number {
  if (first.length < LENGTH_BYTES) throw damaged(place, `it has only ${first.length} bytes`);
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(size - LENGTH_BYTES)) {
    throw damaged(place, `its header should have ${length} bytes, and it has ${size} in all`);
  }
  return LENGTH_BYTES + Number(length);
}

/**
 * Reads the header of a safetensors file.
 *
 * @param bytes All in front of the data.
 * @param at `place`: the file's name, for errors; `dataBytes`: the length of what follows.
 * @throws {InputError} If it is none, or tensors would lie outside of the data or in one another.
 */
export function readSafetensorsHeader(
  bytes: Uint8Array,
  { place, dataBytes }: { readonly place: string; readonly dataBytes: number },
): Pick<Safetensors, "metadata"> & { readonly entries: ReadonlyMap<string, SafetensorsEntry> } {
  const { __metadata__: metadata = {}, ...tensors } = parseHeader(
    bytes.subarray(LENGTH_BYTES),
    place,
  );
  const entries = new Map<string, SafetensorsEntry>();
  for (const [name, entry] of Object.entries(tensors)) {
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<HeaderEntry>;
    if (typeof dtype !== "string" || !isCounts(shape) || !isCounts(offsets, 2)) {
      throw damaged(place, `the header's entry "${name}" has no dtype, shape and data_offsets`);
    }
    // As a property's name this would be none.
    if (name === "__proto__") throw damaged(place, `a tensor's name is "${name}"`);
    const [begin = 0, end = 0] = offsets;
    if (begin > end || end > dataBytes) {
      throw damaged(
        place,
        `"${name}" should be bytes ${begin} to ${end} of the data, which has ${dataBytes}`,
      );
    }
    entries.set(name, { dtype, shape, begin, end });
  }
  const inOrder = [...entries].filter(([, { begin, end }]) => begin < end)
    .sort(([, a], [, b]) => a.begin - b.begin);
  inOrder.slice(1).forEach(([name, { begin }], i) => {
    const [before, { end }] = inOrder[i]!;
    if (begin < end) throw damaged(place, `"${before}" and "${name}" lie in one another`);
  });
  return { entries, metadata: metadata as Record<string, string> };
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function parseHeader(bytes: Uint8Array, place: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw damaged(
      place,
      `its header is not ${error instanceof TypeError ? "UTF-8" : `JSON (${messageOf(error)})`}`,
    );
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw damaged(place, "its header is not a JSON object");
  }
  return header as Record<string, unknown>;
}

function isCounts(value: unknown, length?: number): value is readonly number[] {
  return Array.isArray(value) && value.length === (length ?? value.length) &&
    value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function damaged(place: string, problem: string): InputError {
  return new InputError(
    place,
    `not a whole safetensors file, ${problem}`,
    "Make or fetch the file again",
  );
}
