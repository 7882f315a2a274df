import assert from "node:assert/strict";
import {
  contactRows,
  type Labelled,
  levelsToShow,
  unlabelledRows,
} from "@/lib/data/contact_rows.ts";

/** A tree with so many classes a level, finest first, each class holding equally many of the level below. */
function treeOf(...counts: readonly number[]): Labelled["hierarchy"] {
  const leaves = Array.from({ length: counts[0]! }, (_, leaf) => {
    const path = counts.map((count, level) => `${level}.${Math.floor(leaf * count / counts[0]!)}`);
    return { name: path[0]!, path };
  });
  return { levels: counts.map((_, i) => `level ${i}`), leaves };
}

const balanced: Labelled = {
  hierarchy: treeOf(12, 4, 1),
  labels: Array.from({ length: 60 }, (_, i) => i % 12),
};

Deno.test("contactRows() has a row a class in their order, with images of the class and none twice", () => {
  const of = (seed: number) =>
    contactRows(balanced, { level: "level 1", rows: 6, columns: 8, seed });
  assert.deepEqual(of(1).map(({ name }) => name), ["1.0", "1.1", "1.2", "1.3"]);
  for (const [family, { images }] of of(1).entries()) {
    assert.equal(new Set(images).size, 8);
    assert.ok(images.every((i) => Math.floor(i % 12 / 3) === family));
  }
  assert.deepEqual(of(1), of(1));
  assert.notDeepEqual(of(1), of(2));
});

Deno.test("contactRows() shows neighbours from all over where there are more classes than rows", () => {
  const names = (rows: number) =>
    contactRows(balanced, { level: "level 0", rows, columns: 1, seed: 1 })
      .map(({ name }) => name.slice(2)).join(" ");
  assert.equal(names(6), "0 1 2 9 10 11");
  assert.equal(names(4), "0 1 2 11");
  assert.equal(names(12), "0 1 2 3 4 5 6 7 8 9 10 11");
});

Deno.test("contactRows() puts kin together, whatever the order of the labels", () => {
  const paths = [["ant", "insect"], ["bat", "mammal"], ["bee", "insect"], ["cow", "mammal"]];
  const leaves = paths.map((path) => ({ name: path[0]!, path }));
  const rows = contactRows({
    hierarchy: { levels: ["kind", "class"], leaves },
    labels: [0, 1, 2, 3],
  }, {
    level: "kind",
    rows: 4,
    columns: 1,
    seed: 1,
  });
  assert.deepEqual(rows.map(({ name }) => name), ["ant", "bee", "bat", "cow"]);
});

Deno.test("contactRows() never shows a class twice, whatever the numbers", () => {
  for (let classes = 1; classes <= 40; classes++) {
    for (let rows = 1; rows <= 26; rows++) {
      const labels = Array.from({ length: classes }, (_, i) => i);
      const shown = contactRows({ hierarchy: treeOf(classes), labels }, {
        level: "level 0",
        rows,
        columns: 1,
        seed: 1,
      });
      assert.equal(new Set(shown.map(({ name }) => name)).size, Math.min(rows, classes));
    }
  }
});

Deno.test("contactRows() leaves out a class without an image, and shows as many as a small one has", () => {
  const labels = [0, 3, 3, 11];
  const rows = contactRows({ ...balanced, labels }, {
    level: "finest",
    rows: 24,
    columns: 2,
    seed: 1,
  });
  assert.deepEqual(rows.map(({ name, images }) => [name, images.length]), [
    ["0.0", 1],
    ["0.3", 2],
    ["0.11", 1],
  ]);
});

Deno.test("unlabelledRows() draws images without replacement, and fills rows one after another", () => {
  const [first, second, ...more] = unlabelledRows(7, { rows: 3, columns: 4, seed: 0 });
  assert.deepEqual([first!.length, second!.length, more], [4, 3, []]);
  assert.deepEqual([...first!, ...second!].sort(), [0, 1, 2, 3, 4, 5, 6]);
  const rows = unlabelledRows(100, { rows: 3, columns: 4, seed: 0 });
  assert.deepEqual(rows.map((row) => row.length), [4, 4, 4]);
  assert.equal(new Set(rows.flat()).size, 12);
});

Deno.test("levelsToShow() takes the level nearest to the rows, the finest, and one between", () => {
  const levels = (...counts: readonly number[]) => levelsToShow(treeOf(...counts), 6).join(", ");
  assert.equal(levels(240, 120, 60, 24, 6, 3), "level 4, level 3, level 0");
  assert.equal(levels(48, 12, 3), "level 2, level 1, level 0");
  assert.equal(levels(16, 4), "level 1, level 0");
  assert.equal(levels(5, 1), "level 0");
  assert.equal(levels(2), "level 0");
  // Levels that tell no more than another are not shown again.
  assert.equal(levels(24, 24, 6, 6), "level 3, level 0");
});
