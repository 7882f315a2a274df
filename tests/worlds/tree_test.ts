import assert from "node:assert/strict";
import { worldNames, worldTree } from "@/lib/worlds/mod.ts";

Deno.test("worldTree() has a path of one name a level, and unique leaves", () => {
  for (const world of worldNames) {
    const { levels, leaves } = worldTree(world);
    assert.equal(new Set(leaves.map(({ name }) => name)).size, leaves.length, world);
    for (const { name, path } of leaves) {
      assert.equal(path.length, levels.length, name);
      assert.equal(path[0], name);
      assert.ok(path.every((part) => part.length > 0), name);
    }
  }
});

Deno.test("worldTree() is a tree: a name has one parent, and each level fewer names than the finer one", () => {
  for (const world of worldNames) {
    const { levels, leaves } = worldTree(world);
    for (let level = 1; level < levels.length; level++) {
      const parents = new Map<string, string>();
      for (const { path } of leaves) {
        const known = parents.get(path[level - 1]!);
        assert.ok(known === undefined || known === path[level], `${world}: ${path.join(" < ")}`);
        parents.set(path[level - 1]!, path[level]!);
      }
      const coarse = new Set(parents.values()).size;
      assert.ok(coarse > 1 && coarse < parents.size, `${world}: ${levels[level]} has ${coarse}`);
    }
  }
});

Deno.test("worldTree() has the levels and classes that are promised", () => {
  const classes = (world: typeof worldNames[number]) => {
    const { levels, leaves } = worldTree(world);
    return levels.map((_, i) => new Set(leaves.map(({ path }) => path[i])).size);
  };
  const [species, objects] = [classes("species"), classes("objects")];
  assert.ok(species.length >= 6 && species[0]! >= 240, `species: ${species}`);
  assert.equal(worldTree("species").levels[0], "species");
  assert.equal(worldTree("species").levels.at(-1), "kingdom");
  assert.ok(objects.length >= 5 && objects[0]! >= 100, `objects: ${objects}`);
  assert.deepEqual(classes("scenes"), [48, 12, 3]);
  assert.deepEqual(classes("aerial"), [16, 4]);
});

Deno.test("worldTree() has some of the world's animals and plants among the objects", () => {
  const { leaves } = worldTree("objects");
  const species = new Set(worldTree("species").leaves.map(({ name }) => name));
  const shared = leaves.filter(({ name }) => species.has(name));
  assert.ok(shared.length >= 12 && shared.length <= 20);
});
