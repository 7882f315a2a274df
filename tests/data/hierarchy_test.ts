import assert from "node:assert/strict";
import { checkHierarchy, classesAt, type Hierarchy } from "@/lib/data/hierarchy.ts";
import { inputError } from "@/tests/data/fixtures.ts";

function tree(levels: string[], ...paths: string[][]): Hierarchy {
  return { levels, leaves: paths.map((path) => ({ name: path[0]!, path })) };
}

const homonyms = tree(
  ["fine", "family", "kingdom"],
  ["oak", "other", "plant"],
  ["cat", "felid", "animal"],
  ["fly", "other", "animal"],
  ["lion", "felid", "animal"],
);

Deno.test("classesAt() keeps equal names under different parents apart", () => {
  const { classOfLeaf, names } = classesAt(homonyms, "family");
  assert.deepEqual([...classOfLeaf], [0, 1, 2, 1]);
  assert.deepEqual(names, ["plant > other", "felid", "animal > other"]);
});

Deno.test("classesAt() gives the finest level by name and by alias, and the root", () => {
  assert.deepEqual([...classesAt(homonyms, "fine").classOfLeaf], [0, 1, 2, 3]);
  assert.deepEqual(classesAt(homonyms, "finest"), classesAt(homonyms, "fine"));
  assert.deepEqual([...classesAt(homonyms, "kingdom").classOfLeaf], [0, 1, 1, 1]);
});

Deno.test("classesAt() names the levels that there are", () => {
  assert.throws(
    () => classesAt(homonyms, "genus", { place: "experiments/x.ts: level" }),
    inputError(
      'experiments/x.ts: level: the label tree has no level "genus"',
      "fine, family, kingdom",
    ),
  );
});

Deno.test("checkHierarchy() accepts a tree and refuses what is none", () => {
  checkHierarchy(homonyms, "here");
  const refused: [Hierarchy, string][] = [
    [tree([]), "no level"],
    [tree(["fine"]), "no class"],
    [tree(["fine"], ["a"], ["a"]), 'the class "a" stands twice'],
    [tree(["fine", "coarse"], ["a"]), 'the class "a" has 1 names for 2 levels'],
    [tree(["fine", "coarse"], ["a", " "]), "empty name"],
    [tree(["fine", "fine"], ["a", "b"]), 'two levels are named "fine"'],
    [tree([""], ["a"]), "level 1 has an empty name"],
    [tree(["fine", "finest"], ["a", "b"]), 'a level is named "finest"'],
  ];
  for (const [hierarchy, text] of refused) {
    assert.throws(() => checkHierarchy(hierarchy, "here"), inputError("here: ", text));
  }
});
