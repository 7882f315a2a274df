/**
 * The address of an array's first byte; 0 for one that is empty. Good for as long as somebody holds the array.
 *
 * @param array Any, also a part of a larger one.
 */
export function addressOf(array: Uint8Array | BigUint64Array | BigInt64Array): bigint {
  if (array.byteLength === 0) return 0n;
  // A view that is made of a buffer has its bytes outside of JavaScript's heap, where nothing moves them.
  const bytes = new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
}

/** A copy of bytes that lie outside of JavaScript. */
export function bytesAt(address: bigint, length: number): Uint8Array<ArrayBuffer> {
  const pointer = length === 0 ? null : Deno.UnsafePointer.create(address);
  if (pointer === null) return new Uint8Array(0);
  return new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(pointer, length).slice(0));
}

/** A copy of words of eight bytes: addresses, lengths or `int64_t`. */
export function wordsAt(address: bigint, count: number): BigUint64Array<ArrayBuffer> {
  return new BigUint64Array(bytesAt(address, count * 8).buffer);
}

/** A text of so many bytes. */
export function textAt(address: bigint, length: number): string {
  return new TextDecoder().decode(bytesAt(address, length));
}

/** A text as C wants it, ended by a zero byte. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

const names = new Map<string, Uint8Array<ArrayBuffer>>();

/** The same, made once for each text: for names that recur. */
export function cName(name: string): Uint8Array<ArrayBuffer> {
  let bytes = names.get(name);
  if (bytes === undefined) names.set(name, bytes = cString(name));
  return bytes;
}
