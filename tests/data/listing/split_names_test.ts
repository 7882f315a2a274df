import assert from "node:assert/strict";
import { splitNamed, testedOf } from "@/lib/data/listing/split_names.ts";

Deno.test("splitNamed() knows the usual names in any case, and nothing else", () => {
  const known = { train: "training", test: "Eval", val: "DEV", unlabelled: "unlabeled" };
  for (const [split, name] of Object.entries(known)) assert.equal(splitNamed(name), split);
  for (const other of ["", "trains", "constructor", "test 2"]) {
    assert.equal(splitNamed(other), undefined);
  }
});

Deno.test("testedOf() takes test before val, what is asked before both, and one alone whatever it is", () => {
  const of = (...has: string[]) => (split: string) => has.includes(split);
  assert.deepEqual(testedOf(of("test", "val")), { tested: "test", unused: "val" });
  assert.deepEqual(testedOf(of("test", "val"), "val"), { tested: "val", unused: "test" });
  assert.deepEqual(testedOf(of("val")), { tested: "val", unused: undefined });
  assert.deepEqual(testedOf(of()), { tested: "test", unused: undefined });
});
