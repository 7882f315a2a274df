import assert from "node:assert/strict";
import { checkLabelled, readLabels } from "@/lib/data/listing/labels_tsv.ts";
import { inputError } from "@/tests/data/fixtures.ts";

const read = (text: string) => readLabels(new TextEncoder().encode(text), "labels.tsv");

Deno.test("readLabels() reads levels and rows, with byte order mark, CRLF and blank lines", () => {
  const { levels, rows } = read("\uFEFFfine\tcoarse\r\noak\ttree\r\n\r\nсосна \ttree\r\n");
  assert.deepEqual(levels, ["fine", "coarse"]);
  assert.deepEqual([...rows], [["oak", ["oak", "tree"]], ["сосна", ["сосна", "tree"]]]);
});

Deno.test("readLabels() reads lines that end in CR, and cells in quotes", () => {
  const expected = [["oak", ["oak", "tree"]], ['5" elm', ['5" elm', "tree"]]];
  for (
    const text of [
      'fine\tcoarse\roak\ttree\r5" elm\ttree\r',
      '\uFEFF"fine"\t"coarse"\r\n"oak"\t"tree"\r\n"5"" elm"\t"tree"\r\n',
    ]
  ) {
    const { levels, rows } = read(text);
    assert.deepEqual(levels, ["fine", "coarse"]);
    assert.deepEqual([...rows], expected);
  }
});

Deno.test("readLabels() brings names into one Unicode form", () => {
  assert.ok(read("fine\ncafe\u0301\n").rows.has("caf\u00e9"));
});

Deno.test("readLabels() names the line that is wrong", () => {
  const refused: [string, string][] = [
    ["", "labels.tsv: the first line is empty"],
    ["\r\nfine\n", "labels.tsv: the first line is empty"],
    ["fine\tcoarse\noak\n", "labels.tsv:2: this line has 1 cell, but the header has 2"],
    ["fine\tcoarse\noak\ttree\npine\t\n", 'labels.tsv:3: the cell "coarse" is empty'],
    ["fine\noak\noak\n", 'labels.tsv:3: the class "oak" occurs twice. Keep one'],
    ["fine,coarse\noak,tree\n", 'labels.tsv:1: the line "fine,coarse" has no tab, but ","'],
    ["fine;coarse\noak;tree\n", 'labels.tsv:1: the line "fine;coarse" has no tab, but ";"'],
    ["fine\tcoarse\n# trees\noak\ttree\n", "labels.tsv:2: this line has 1 cell, but the header"],
    ["fine\tcoarse\n# trees\noak\ttree\n", "Remove comments: the first line"],
    ["# trees\nfine\tcoarse\noak\ttree\n", "Remove comments: the first line"],
    ["fine\tcoarse\t\noak\ttree\t\n", "labels.tsv:1: the header's cell 3 is empty"],
    [
      "kind\tclass\ntree\toak\ntree\tpine\n",
      'labels.tsv:3: the class "tree" occurs twice. Reverse',
    ],
    ['fine\tcoarse\n"oak\ttree\npine\ttree\n', "labels.tsv: the cells cannot be told apart: Quote"],
  ];
  for (const [text, message] of refused) assert.throws(() => read(text), inputError(message));
  assert.throws(
    () => readLabels(new Uint8Array([0xe9, 0x41]), "labels.tsv"),
    inputError("labels.tsv: the text is not UTF-8. Save it as UTF-8"),
  );
  for (const bytes of [[0xff, 0xfe, 0x41, 0], [0xfe, 0xff, 0, 0x41]]) {
    assert.throws(
      () => readLabels(Uint8Array.from(bytes), "labels.tsv"),
      inputError("labels.tsv: the text is UTF-16, not UTF-8. Save it as UTF-8"),
    );
  }
  assert.throws(
    () => readLabels(Uint8Array.of(0x41, 0, 9, 0), "labels.tsv"),
    inputError("labels.tsv: it holds zero bytes", "UTF-8"),
  );
});

Deno.test("checkLabelled() says why a class may have no line", () => {
  const refused: [string, string[], string[]][] = [
    ["cat\tpet\ndog\tpet\n", ["cat", "dog"], ['1 class folder: "cat"', "now cat, pet, is the"]],
    ["class\ncat\ndog\n", ["cat ", "dog"], ['"cat "', "there is a space at an end of its name"]],
    ["kind\tclass\na\tcat\nb\tdog\n", ["cat", "dog"], ['"cat", "dog"', 'Put the column "class"']],
    ["class kind\ncat  pet\n", ["cat"], ['class folder: "cat"', "Put a tab between two cells"]],
    ["class\ncat\n", ["cat", "dog"], ['labels.tsv: no line for 1 class folder: "dog"', "Add a"]],
  ];
  for (const [text, names, says] of refused) {
    assert.throws(() => checkLabelled(names, read(text), "labels.tsv"), inputError(...says));
  }
  checkLabelled(["cat"], read("class\ncat\ndog\n"), "labels.tsv");
});
