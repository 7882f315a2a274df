import assert from "node:assert/strict";
import { type Random, randomAt } from "@/lib/base/random.ts";
import { combine, meanSource, sourceOfCell, spreadOf } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const bits = (n: number, p: number, random: Random) =>
  Uint8Array.from({ length: n }, () => Number(random.uniform() < p));
const near = (a: number, b: number, within = 1e-12) =>
  assert.ok(Math.abs(a - b) < within, `${a}, not ${b}`);
const sourceOf = (...cell: Parameters<typeof madeCell>) => sourceOfCell(madeCell(...cell));

Deno.test("spreadOf() of one accuracy at one seed is the binomial variance, with half an image more", () => {
  const bytes = bits(400, 0.3, randomAt(1, "one"));
  const source = sourceOf({}, [bytes]);
  const { value, ofImages, ofSeeds } = spreadOf(meanSource([source], [1]), [1]);
  near(value, bytes.reduce((a, b) => a + b, 0) / 400);
  near(ofImages, (value * (1 - value) + 0.5 / 400) / 399);
  assert.equal(ofSeeds, 0);
});

Deno.test("spreadOf() finds the variance between seeds, and takes what belongs to one image at one seed out of the images'", () => {
  // By hand: images right at seed 1: 1 1 0 0; at seed 2: 1 1 1 0. Means 1, 1, 0.5, 0: their variance 0.2291667, a quarter of it
  // 0.0572917. Within images: 0, 0, 0.5, 0, over 2 seeds and 4 x 4 images 0.015625.
  const source = sourceOf({}, [Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 1, 1, 0)]);
  const { value, ofImages, ofSeeds } = spreadOf(meanSource([source], [1, 2]), [1, 2]);
  near(value, 0.625);
  near(ofSeeds, 0.03125);
  near(ofImages, 0.22916666666666666 / 4 - 0.5 / 2 / 16 + 0.5 / 3 / 4);
});

Deno.test("spreadOf() leaves a number unsure that varied on none of its images", () => {
  const all = (value: number) => [Uint8Array.from({ length: 50 }, () => value)];
  const right = sourceOf({}, all(1)), alike = sourceOf({ pretrain: "scenes" }, all(1));
  near(spreadOf(meanSource([right], [1]), [1]).ofImages, 0.5 / 49 / 50);
  const difference = combine([[meanSource([right], [1]), 1], [meanSource([alike], [1]), -1]]);
  near(spreadOf(difference, [1]).ofImages, 1 / 49 / 50);
});

Deno.test("spreadOf() pairs the conditions of a role image by image", () => {
  const random = randomAt(4, "alike");
  const easy = bits(500, 0.5, random);
  const noisy = (p: number) => easy.map((bit) => random.uniform() < p ? 1 - bit : bit);
  const [one, two] = [[noisy(0.05)], [noisy(0.1)]];
  const varianceOn = (role: string) => {
    const left = meanSource([sourceOf({ on: "species" }, one)], [1]);
    const right = meanSource([sourceOf({ on: role, pretrain: "scenes" }, two)], [1]);
    return spreadOf(combine([[left, 1], [right, -1]]), [1]).ofImages;
  };
  assert.ok(varianceOn("species") < 0.5 * varianceOn("aerial"));
});

Deno.test("spreadOf() says the same whatever the weights of a number's parts are called", () => {
  const source = sourceOf({}, [Uint8Array.of(1, 0, 1, 1), Uint8Array.of(0, 0, 1, 1)]);
  const once = meanSource([source], [1, 2]), twice = combine([[once, 1], [once, 1]]);
  near(spreadOf(twice, [1, 2]).ofSeeds, 4 * spreadOf(once, [1, 2]).ofSeeds);
  near(spreadOf(twice, [1, 2]).ofImages, 4 * spreadOf(once, [1, 2]).ofImages);
});
