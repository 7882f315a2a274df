import assert from "node:assert/strict";
import { allSpecies, speciesNamed } from "@/lib/data/worlds/species/all.ts";

Deno.test("allSpecies holds at least two species a genus, two genera a family", () => {
  for (const rank of [1, 2]) {
    const members = new Map<string, Set<string>>();
    for (const { path } of allSpecies) {
      const known = members.get(path[rank]!) ?? new Set();
      members.set(path[rank]!, known.add(path[rank - 1]!));
    }
    for (const [name, { size }] of members) assert.ok(size >= 2, name);
  }
});

Deno.test("speciesNamed() finds a species and names one that is not there", () => {
  assert.equal(speciesNamed("plain deer").path[4], "animal");
  assert.throws(() => speciesNamed("plain unicorn"), {
    name: "RangeError",
    message: 'No species is called "plain unicorn"',
  });
});
