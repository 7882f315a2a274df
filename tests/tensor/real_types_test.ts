import assert from "node:assert/strict";
import { DATA_TYPE } from "@/lib/tensor/data_types.ts";
import { ATTRIBUTE } from "@/lib/tensor/executor.ts";
import { withRealTypes } from "@/lib/tensor/real_types.ts";

const { float32, bfloat16, int32 } = DATA_TYPE;
const type = (name: string, value: number) => ({ name, type: ATTRIBUTE.type, value });

Deno.test("withRealTypes() names the types that the tensors have", () => {
  const attributes = [type("T", float32), type("Tpaddings", int32), type("DstT", float32)];
  const pad = [{ typeAttribute: "T" }, { typeAttribute: "Tpaddings" }];
  assert.deepEqual(withRealTypes(pad, attributes, [bfloat16, int32]), [
    type("T", bfloat16),
    type("Tpaddings", int32),
    // Of no input: left alone.
    type("DstT", float32),
  ]);
});

Deno.test("withRealTypes() looks behind a list for the next input, and leaves the type of an empty one", () => {
  const count = (value: number) => ({ name: "N", type: ATTRIBUTE.int, value });
  const concat = [{ typeAttribute: "T", countAttribute: "N" }, { typeAttribute: "Taxis" }];
  const given = (n: number) => [count(n), type("T", float32), type("Taxis", float32)];
  assert.deepEqual(withRealTypes(concat, given(2), [bfloat16, bfloat16, int32]), [
    count(2),
    type("T", bfloat16),
    type("Taxis", int32),
  ]);
  assert.deepEqual(withRealTypes(concat, given(0), [int32]), [
    count(0),
    type("T", float32),
    type("Taxis", int32),
  ]);
});
