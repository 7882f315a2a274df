import assert from "node:assert/strict";
import { cutLine } from "@/lib/base/cut_line.ts";

Deno.test("cutLine() counts the columns that characters take", () => {
  assert.deepEqual(
    ["abcdef", "日本語", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", "abc"].map((
      text,
    ) => cutLine(text, 5)),
    ["abcde", "日本", "e\u0301e\u0301e\u0301e\u0301e\u0301", "👩‍👩‍👧👩‍👩‍👧", "abc"],
  );
  assert.equal(cutLine("abc", -1), "");
});

Deno.test("cutLine() lets nothing through that moves the cursor", () => {
  assert.equal(cutLine("a\nb\tc\rd\u001b[2Je", 20), "a b c d [2Je");
});
