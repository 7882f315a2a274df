import assert from "node:assert/strict";
import { readLabels } from "@/lib/data/labels_tsv.ts";
import { inputError } from "@/tests/data/fixtures.ts";

const read = (text: string) => readLabels(new TextEncoder().encode(text), "labels.tsv");

Deno.test("readLabels() reads levels and rows, with byte order mark, CRLF and blank lines", () => {
  const { levels, rows } = read("\uFEFFfine\tcoarse\r\noak\ttree\r\n\r\nсосна \ttree\r\n");
  assert.deepEqual(levels, ["fine", "coarse"]);
  assert.deepEqual([...rows], [["oak", ["oak", "tree"]], ["сосна", ["сосна", "tree"]]]);
});

Deno.test("readLabels() brings names into one Unicode form", () => {
  assert.ok(read("fine\ncafe\u0301\n").rows.has("caf\u00e9"));
});

Deno.test("readLabels() names the line that is wrong", () => {
  const refused: [string, string][] = [
    ["", "labels.tsv: the first line is empty"],
    ["fine\tcoarse\noak\n", "labels.tsv:2: this line has 1 cells and the header has 2"],
    ["fine\tcoarse\noak\ttree\npine\t\n", 'labels.tsv:3: the cell "coarse" is empty'],
    ["fine\noak\noak\n", 'labels.tsv:3: the class "oak" stands twice'],
  ];
  for (const [text, message] of refused) assert.throws(() => read(text), inputError(message));
  assert.throws(
    () => readLabels(new Uint8Array([0xff, 0xfe, 0x41]), "labels.tsv"),
    inputError("labels.tsv: the text is not UTF-8"),
  );
});
