/** A field of a protocol buffer: its number with a whole number, a text, or the bytes of a message. */
export type ProtoField = readonly [number: number, value: number | string | Uint8Array];

/** The bytes of a message of protocol buffers; whole numbers are 0 or more. */
export function protoMessage(fields: readonly ProtoField[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(fields.flatMap(([number, value]) => {
    if (typeof value === "number") return [...varint(number << 3), ...varint(value)];
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    return [...varint(number << 3 | LENGTH_DELIMITED), ...varint(bytes.length), ...bytes];
  }));
}

const LENGTH_DELIMITED = 2;

function varint(value: number): number[] {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push(value % 0x80 | 0x80);
  return [...bytes, value];
}
