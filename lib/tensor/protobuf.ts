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

/** The fields of a message that are texts, bytes or messages, with their numbers; others are passed over. */
export function* lengthDelimitedFields(message: Uint8Array): Generator<[number, Uint8Array]> {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 1;; shift *= 128) {
      const byte = message[at++]!;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = next();
    const wireType = tag & 7;
    if (wireType === 0) next();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else {
      const length = next();
      yield [Math.floor(tag / 8), message.subarray(at, at + length)];
      at += length;
    }
  }
}

const LENGTH_DELIMITED = 2;

function varint(value: number): number[] {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push(value % 0x80 | 0x80);
  return [...bytes, value];
}
