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
  return write(value, null);
}

/** Where a value stands: its name, and where what holds it stands. */
interface Place {
  readonly name: string | number;
  readonly within: Place | null;
}

// Keys of steps are made of it by the hundred thousand: no text is built that is not in the result.
function write(value: unknown, place: Place | null): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw refusal(place, `${value}`);
    return `${value === 0 ? 0 : value}`;
  }
  if (value === null || typeof value === "boolean") return `${value}`;
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => write(item, { name: i, within: place })).join(",")}]`;
  }
  if (typeof value !== "object" || !isPlain(value)) {
    throw refusal(place, `a ${typeof value === "object" ? value.constructor.name : typeof value}`);
  }
  let members = "";
  for (const name of Object.keys(value).sort()) {
    const member: unknown = value[name];
    if (member === undefined) continue;
    const comma = members === "" ? "" : ",";
    members += `${comma}${JSON.stringify(name)}:${write(member, { name, within: place })}`;
  }
  return `{${members}}`;
}

function refusal(place: Place | null, what: string): TypeError {
  return new TypeError(`Cannot write ${pathOf(place)} as JSON: current value is ${what}`);
}

function pathOf(place: Place | null): string {
  if (place === null) return "$";
  const { name, within } = place;
  return `${pathOf(within)}${typeof name === "number" ? `[${name}]` : `.${name}`}`;
}

/** A map or a date would be an empty record. */
function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
