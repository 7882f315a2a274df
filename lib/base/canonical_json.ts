/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | {
  readonly [key: string]: Json | undefined;
};

/**
 * The one JSON text of a value: keys sorted by code unit, no spaces, `undefined` members left out.
 *
 * @param value Plain data, which the type of an interface does not tell; numbers must be finite, because JSON has no other and
 * a key must not depend on it silently.
 * @returns The text, equal for equal values.
 * @throws {TypeError} If a number is not finite or a value is not JSON.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { canonicalJson } from "@/lib/base/canonical_json.ts";
 *
 * assert.equal(canonicalJson({ b: [1, 2], a: "x" }), '{"a":"x","b":[1,2]}');
 * ```
 */
export function canonicalJson(value: unknown): string {
  return write(value, "$");
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      throw new TypeError(`Cannot write ${path} as JSON: current value is ${value}`);
    }
    return JSON.stringify(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => write(item, `${path}[${i}]`)).join(",")}]`;
  }
  if (typeof value === "object" && isPlain(value)) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const members = entries.map(([key, member]) =>
      `${JSON.stringify(key)}:${write(member, `${path}.${key}`)}`
    );
    return `{${members.join(",")}}`;
  }
  const what = typeof value === "object" ? value.constructor.name : typeof value;
  throw new TypeError(`Cannot write ${path} as JSON: current value is a ${what}`);
}

/** A map or a date would be an empty record. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
