import assert from "node:assert/strict";
import {
  checkHierarchy,
  classesAt,
  dividedLevels,
  type Hierarchy,
  levelled,
  pathFromRoot,
} from "@/lib/data/hierarchy.ts";
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

Deno.test("dividedLevels() leaves out the levels of which one class has more than half", () => {
  // Three of four are animals.
  assert.deepEqual(dividedLevels(homonyms), ["fine", "family"]);
  const even = tree(["fine", "kingdom"], ["oak", "plant"], ["cat", "animal"]);
  assert.deepEqual(dividedLevels(even), ["fine", "kingdom"]);
  assert.deepEqual(dividedLevels(tree(["fine"], ["oak"])), []);
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
    [tree(["fine"], ["a"], ["a"]), 'the class "a" occurs twice'],
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

Deno.test("levelled() lets a class that is less deep stand for itself", () => {
  const hierarchy = levelled([
    ["thing", "animal", "dog", "husky"],
    ["thing", "animal", "cat"],
    ["thing", "cup"],
  ]);
  assert.deepEqual(hierarchy, {
    levels: ["depth 3", "depth 2", "depth 1", "depth 0"],
    leaves: [
      { name: "husky", path: ["husky", "dog", "animal", "thing"] },
      { name: "cat", path: ["cat", "cat", "animal", "thing"] },
      { name: "cup", path: ["cup", "cup", "cup", "thing"] },
    ],
  });
  checkHierarchy(hierarchy, "here");
  const counts = hierarchy.levels.map((level) => classesAt(hierarchy, level).names.length);
  assert.deepEqual(counts, [3, 3, 2, 1]);
  assert.deepEqual(levelled([["alone"]]).levels, ["depth 0"]);
});

Deno.test("pathFromRoot() follows parents, and refuses a node that is unknown and a circle", () => {
  const parents = new Map([["root", null], ["animal", "root"], ["dog", "animal"], [
    "stray",
    "lost",
  ]]);
  assert.deepEqual(pathFromRoot("dog", parents, "here"), ["root", "animal", "dog"]);
  assert.deepEqual(pathFromRoot("root", parents, "here"), ["root"]);
  for (const [node, missing] of [["cat", "cat"], ["stray", "lost"]] as const) {
    assert.throws(
      () => pathFromRoot(node, parents, "here"),
      inputError(`here: the tree has no node "${missing}"`, "Add it with its parent"),
    );
  }
  const round = new Map([["a", "b"], ["b", "c"], ["c", "b"]]);
  assert.throws(
    () => pathFromRoot("a", round, "here"),
    inputError('here: the ancestors of "a" go round in a circle: c < b < a', "one parent"),
  );
});
