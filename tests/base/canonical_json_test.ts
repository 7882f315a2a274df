import assert from "node:assert/strict";
import { canonicalJson } from "@/lib/base/canonical_json.ts";

Deno.test("canonicalJson() does not depend on the order of keys, at any depth", () => {
  assert.equal(
    canonicalJson({ b: { y: 1, x: [true, null] }, a: "é" }),
    canonicalJson({ a: "é", b: { x: [true, null], y: 1 } }),
  );
  assert.equal(canonicalJson({ b: 2, a: 1, Z: 0 }), '{"Z":0,"a":1,"b":2}');
});

Deno.test("canonicalJson() leaves out what is undefined and writes -0 as 0", () => {
  assert.equal(canonicalJson({ a: undefined, b: -0 }), '{"b":0}');
});

Deno.test("canonicalJson() refuses what JSON cannot hold, naming the place", () => {
  assert.throws(() => canonicalJson({ a: [1, NaN] }), {
    message: "Cannot write $.a[1] as JSON: current value is NaN",
  });
  assert.throws(
    () => canonicalJson({ f: (() => 1) as never }),
    /Cannot write \$\.f as JSON: current value is a function/,
  );
});
