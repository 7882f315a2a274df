import assert from "node:assert/strict";
import type { FailureKind } from "@/lib/base/errors.ts";
import { makeBlame } from "@/lib/run/blame.ts";

const failure = (kind: FailureKind) => ({ kind, message: `${kind}\nat x` });

Deno.test("makeBlame() blames the machine for three different steps that fail at once, one after another", () => {
  const blame = makeBlame();
  blame.failed("a", failure("killed"), 1);
  blame.failed("a", failure("killed"), 1);
  blame.failed("b", failure("bug"), 1);
  assert.deepEqual(blame.blamed(), []);
  blame.failed("c", failure("machine"), 19);
  assert.deepEqual(blame.blamed(), ["a", "b", "c"]);
  assert.match(blame.reason(), /^3 steps failed here .*the last \(machine\): machine$/);
});

Deno.test("makeBlame() blames it neither for bad input nor for what failed after a while, nor where others were done", () => {
  const blame = makeBlame();
  for (const key of ["a", "b", "c", "d"]) blame.failed(key, failure("bad input"), 1);
  for (const key of ["e", "f", "g", "h"]) blame.failed(key, failure("diverged"), 1);
  for (const key of ["i", "j", "k", "l"]) blame.failed(key, failure("killed"), 100);
  for (const key of ["m", "n", "o", "p"]) {
    blame.failed(key, failure("bug"), 1);
    blame.done();
  }
  assert.deepEqual(blame.blamed(), []);
});
