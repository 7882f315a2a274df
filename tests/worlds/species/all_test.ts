import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { brushOn, place } from "@/lib/worlds/paint/brush.ts";
import { newCanvas } from "@/lib/worlds/paint/canvas.ts";
import { allSpecies, type Species, speciesNamed, speciesRanks } from "@/lib/worlds/species/all.ts";

/** An individual alone on black: `[64, 64, 3]`. */
function drawn(species: Species, individual: number): Float32Array {
  const random = randomAt(3, "individual", individual);
  const canvas = newCanvas(64, random);
  species.draw(place(brushOn(canvas), { x: 0.5, y: 0.5, scale: 0.45 }), random);
  return canvas.pixels.slice();
}

/** The share of the picture's pixels for which a test on the three channels holds. */
function share(pixels: Float32Array, holds: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 3) if (holds(at)) count++;
  return count / (pixels.length / 3);
}

function byGenus(): readonly (readonly Species[])[] {
  return [...Map.groupBy(allSpecies, ({ path }) => path[1]).values()];
}

Deno.test("allSpecies has at least 240 species in seven ranks, from species to kingdom", () => {
  assert.ok(allSpecies.length >= 240);
  assert.equal(speciesRanks[0], "species");
  assert.equal(speciesRanks[6], "kingdom");
  for (const { name, path } of allSpecies) {
    assert.equal(path.length, speciesRanks.length);
    assert.equal(path[0], name);
  }
});

Deno.test("allSpecies is a tree: a name has one rank and one parent, and each rank fewer names", () => {
  const parents = new Map<string, string>();
  for (const { path } of allSpecies) {
    for (const [rank, name] of path.entries()) {
      const parent = `${rank} ${path[rank + 1]}`;
      assert.equal(parents.get(name) ?? parent, parent, name);
      parents.set(name, parent);
    }
  }
  const counts = speciesRanks.map((_, rank) => new Set(allSpecies.map(({ path }) => path[rank])));
  for (let rank = 1; rank < counts.length; rank++) {
    assert.ok(counts[rank]!.size > 1 && counts[rank]!.size < counts[rank - 1]!.size);
  }
});

Deno.test("allSpecies holds at least three species a genus, two genera a family", () => {
  for (const [rank, least] of [[1, 3], [2, 2]] as const) {
    for (const [name, members] of Map.groupBy(allSpecies, ({ path }) => path[rank])) {
      assert.ok(new Set(members.map(({ path }) => path[rank - 1])).size >= least, name);
    }
  }
});

Deno.test("every species draws a figure that fills a good part of its square", () => {
  for (const species of allSpecies) {
    for (const individual of [0, 1, 2]) {
      const pixels = drawn(species, individual);
      assert.ok(pixels.every(Number.isFinite), species.name);
      const covered = share(pixels, (at) => pixels[at]! + pixels[at + 1]! + pixels[at + 2]! > 0);
      assert.ok(covered > 0.06 && covered < 0.75, `${species.name} covers ${covered}`);
    }
  }
});

Deno.test("species of one genus differ in their markings alone: in some of the pixels, by chance alike", () => {
  for (const genus of byGenus()) {
    for (const [i, one] of genus.entries()) {
      for (const other of genus.slice(i + 1)) {
        const shares = [0, 1, 2, 3].map((individual) => {
          const a = drawn(one, individual), b = drawn(other, individual);
          const gap = (at: number) =>
            Math.abs(a[at]! - b[at]!) + Math.abs(a[at + 1]! - b[at + 1]!) +
            Math.abs(a[at + 2]! - b[at + 2]!);
          return share(a, (at) => gap(at) > 0.2) / share(a, (at) => a[at]! + a[at + 1]! > 0);
        });
        const mean = shares.reduce((sum, value) => sum + value) / shares.length;
        assert.ok(mean > 0.04 && mean < 0.8, `${one.name}, ${other.name}: ${mean}`);
      }
    }
  }
});

Deno.test("genera of one family differ in shape", () => {
  for (const [family, members] of Map.groupBy(allSpecies, ({ path }) => path[2])) {
    const [one, other] = [...Map.groupBy(members, ({ path }) => path[1]).values()];
    const a = drawn(one![0]!, 0), b = drawn(other![0]!, 0);
    const covers = (pixels: Float32Array, at: number) => pixels[at]! + pixels[at + 1]! > 0;
    const differs = share(a, (at) => covers(a, at) !== covers(b, at));
    const relative = differs / share(a, (at) => covers(a, at));
    assert.ok(relative > 0.15, `${family}: ${relative}`);
  }
});

Deno.test("speciesNamed() finds a species and names one that is not there", () => {
  assert.equal(speciesNamed("plain deer").path[6], "animal");
  assert.throws(() => speciesNamed("plain unicorn"), {
    name: "RangeError",
    message: 'No species is called "plain unicorn"',
  });
});
