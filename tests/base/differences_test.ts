import assert from "node:assert/strict";
import { differencesOf } from "@/lib/base/differences.ts";

Deno.test("differencesOf() names each field, those of fields in it, and the side that lacks one", () => {
  const was = { same: 1, at: { rate: 0.1, gone: true }, list: [1, 2], kind: "a" };
  const is = { same: 1, at: { rate: 0.2, new: null }, list: [1, 3], kind: { of: "a" } };
  assert.deepEqual(differencesOf(was, is), [
    { path: "at.gone", was: true },
    { path: "at.new", is: null },
    { path: "at.rate", was: 0.1, is: 0.2 },
    { path: "kind", was: "a", is: { of: "a" } },
    { path: "list", was: [1, 2], is: [1, 3] },
  ]);
});

Deno.test("differencesOf() finds none in equal values, whatever the order of their fields", () => {
  assert.deepEqual(differencesOf({ a: 1, b: { c: [] } }, { b: { c: [] }, a: 1 }), []);
  assert.deepEqual(differencesOf(undefined, undefined), []);
  assert.deepEqual(differencesOf({ a: undefined }, {}), []);
});
