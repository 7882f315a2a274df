import { NAMED_VALUE, STRUCTS } from "@/lib/tensor/pjrt/header.ts";
import { type FieldValue, type Laid, struct } from "@/lib/tensor/pjrt/struct.ts";

/** A value that a plugin is given by name; a whole number is a bigint, because it takes no number for it. */
export type NamedValue = boolean | number | bigint | readonly bigint[];

/** Named values as the plugin reads them: `PJRT_NamedValue` after `PJRT_NamedValue`, with no space between. */
export interface NamedValues extends Laid {
  readonly count: number;
}

/** Lays named values out. */
export function namedValues(values: Readonly<Record<string, NamedValue>>): NamedValues {
  const encoder = new TextEncoder();
  const made = Object.entries(values).map(([name, value]) => {
    const bytes = encoder.encode(name);
    const { type, word, size } = laidOut(value);
    return struct(STRUCTS.PJRT_NamedValue, {
      name: bytes,
      name_size: bytes.length,
      type,
      value: word,
      value_size: size,
    }, { isExact: true });
  });
  const all = made.flatMap(({ words }) => [...words]);
  return { words: BigUint64Array.from(all), count: made.length, held: made };
}

function laidOut(value: NamedValue): { type: number; word: FieldValue; size: number } {
  switch (typeof value) {
    case "boolean":
      return { type: NAMED_VALUE.boolean, word: Number(value), size: 1 };
    case "number": {
      const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
      return { type: NAMED_VALUE.float, word: bits, size: 1 };
    }
    case "bigint":
      return { type: NAMED_VALUE.integer, word: value, size: 1 };
    default: {
      const list = BigInt64Array.from(value);
      return { type: NAMED_VALUE.integers, word: list, size: list.length };
    }
  }
}
