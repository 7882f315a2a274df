import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { brushOn } from "@/lib/worlds/paint/brush.ts";
import { newCanvas } from "@/lib/worlds/paint/canvas.ts";
import { membersOf } from "@/lib/worlds/species/family.ts";

const lengths: number[] = [];
const members = membersOf<"length">({
  name: "worm",
  habitats: ["litter"],
  upright: false,
  base: ["pink"],
  mark: ["umber"],
  draw: (_brush, { traits }) => lengths.push(traits.length),
  genera: {
    earthworm: { traits: { length: 1 }, species: { plain: ["plain"], belted: ["belted"] } },
    lugworm: { traits: { length: 2 }, species: { plain: ["plain"] } },
  },
});

Deno.test("membersOf() names each species for its marking and its genus", () => {
  assert.deepEqual(
    members.map(({ name, genus, family }) => [name, genus, family]),
    [
      ["plain earthworm", "earthworm", "worm"],
      ["belted earthworm", "earthworm", "worm"],
      ["plain lugworm", "lugworm", "worm"],
    ],
  );
});

Deno.test("membersOf() varies an individual's proportions by an eighth about those of its genus", () => {
  const brush = brushOn(newCanvas(64, randomAt(1, "canvas")));
  lengths.length = 0;
  for (let i = 0; i < 200; i++) members[2]!.draw(brush, randomAt(1, "worm", i));
  assert.ok(Math.min(...lengths) >= 1.76 && Math.max(...lengths) <= 2.24);
  assert.ok(Math.max(...lengths) - Math.min(...lengths) > 0.4);
});
