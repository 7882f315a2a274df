import assert from "node:assert/strict";
import { worldNames, worldTree } from "@/lib/data/worlds/mod.ts";

Deno.test("worldTree() has a path of one name a level, and unique leaves", () => {
  for (const world of worldNames) {
    const { levels, leaves } = worldTree(world);
    assert.ok(levels.length >= 3, world);
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

Deno.test("worldTree() has as many leaves as promised, and some animals and plants among the objects", () => {
  assert.ok(worldTree("species").leaves.length >= 60);
  assert.ok(worldTree("scenes").leaves.length === 48);
  assert.ok(worldTree("aerial").leaves.length >= 16);
  const { leaves } = worldTree("objects");
  const species = new Set(worldTree("species").leaves.map(({ name }) => name));
  const shared = leaves.filter(({ name }) => species.has(name));
  assert.ok(shared.length >= 12 && shared.length <= 16);
  assert.ok(leaves.length - shared.length >= 48);
});
