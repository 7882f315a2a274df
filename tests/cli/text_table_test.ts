import assert from "node:assert/strict";
import { textTable } from "@/lib/cli/text_table.ts";

Deno.test("textTable() is as wide as its widest cells, with numbers at the right and nothing after the last word", () => {
  const rows = [["species", "9", "a minute"], ["all", "1,200", ""]];
  assert.deepEqual(textTable(["", "steps", "left"], rows, { numbers: ["steps"] }), [
    "           steps  left",
    "  species      9  a minute",
    "  all      1,200",
  ]);
});
