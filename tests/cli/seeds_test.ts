import assert from "node:assert/strict";
import { expand, figure, scaleOf } from "@/dsl/mod.ts";
import { dataQuantity } from "@/experiments/data_quantity.ts";
import { checkOptions, seedsOption, seedsText, type StudyOptions } from "@/lib/cli/options.ts";
import { looksOf, seedsOf } from "@/lib/cli/seeds.ts";

const options: StudyOptions = {
  scale: "mini",
  all: false,
  allow: [],
  store: "s",
  out: "o",
  figures: "claims",
  untilDecided: false,
  trustCode: false,
  json: false,
};
const scale = scaleOf("mini");
const three = { first: 1, count: 3 };
const conditions = expand(dataQuantity, scale, { seeds: 1 });
const named = (name: string) => conditions.find((one) => one.name === name)!;
const claimed = named("simclr species (1M) -> finetune species (1M)");
const shown = named("simclr species (125k) -> linear species (250k)");
const trained = named("simclr species (125k) -> finetune species (250k)");

Deno.test("seedsOf() gives what figures alone show one seed or none, unless they are asked for in full", () => {
  const at = { scale, options: { ...options, seeds: three } };
  assert.equal(seedsOf(claimed, dataQuantity, at), 3);
  assert.equal(seedsOf(shown, dataQuantity, at), 1);
  assert.equal(seedsOf(trained, dataQuantity, at), 0);
  const full = { scale, options: { ...options, seeds: three, figures: "full" } } as const;
  assert.equal(seedsOf(shown, dataQuantity, full), 3);
  assert.equal(seedsOf(trained, dataQuantity, full), 3);
});

Deno.test("seedsOf() gives what a figure of the experiment's own shows as many seeds as the command says", () => {
  const figures = [
    figure.lines({ x: "labels", color: "size", where: { probe: "linear", pretrain: "species" } }),
  ];
  const drawn = { ...dataQuantity, figures };
  const at = { scale, options: { ...options, seeds: three } };
  assert.equal(seedsOf(shown, drawn, at), 3);
  assert.equal(seedsOf(trained, drawn, at), 0);
  const progressed = { look: 4, settled: new Map() };
  const undecided = { scale, options: { ...options, untilDecided: true }, progressed };
  assert.equal(seedsOf(shown, drawn, undecided), scale.seeds);
});

Deno.test("seedsOf() adds seeds for the claims that are not settled, and for no others", () => {
  const at = (settled: readonly (readonly [string, number])[]) => ({
    scale,
    options: { ...options, untilDecided: true },
    progressed: { look: 4, settled: new Map(settled) },
  });
  // The condition serves claims 4 and 5.
  const four = "data-quantity advantage-vanishes", five = "data-quantity size-stops-mattering";
  assert.equal(seedsOf(claimed, dataQuantity, at([])), 4);
  assert.equal(seedsOf(claimed, dataQuantity, at([[four, 2]])), 4);
  assert.equal(seedsOf(claimed, dataQuantity, at([[four, 2], [five, 3]])), 3);
  assert.equal(seedsOf(shown, dataQuantity, at([])), 1);
});

Deno.test("looksOf() ends at the most seeds that are asked for", () => {
  const at = (maxSeeds?: number) =>
    looksOf({ ...options, untilDecided: true, ...maxSeeds && { maxSeeds } });
  assert.deepEqual(at(), [2, 3, 4, 6]);
  assert.deepEqual(at(5), [2, 3, 4, 5]);
  assert.deepEqual(at(3), [2, 3]);
  assert.deepEqual(at(1), [2]);
  assert.deepEqual(looksOf(options), []);
});

Deno.test("seedsOption() reads how many from 1 on, or a first and a last one", () => {
  assert.deepEqual(seedsOption("3"), three);
  assert.deepEqual(seedsOption("4-6"), { first: 4, count: 3 });
  for (const text of ["3", "4-6", "7-7"]) assert.equal(seedsText(seedsOption(text)), text);
  for (const text of ["0", "0-2", "3-2", "-2", "2-", "1.5", "two", ""]) {
    assert.throws(() => seedsOption(text), /^InputError: --seeds: ".*" is neither a number/);
  }
});

Deno.test("checkOptions() refuses options that contradict each other, naming both", () => {
  const refuses = (change: Partial<StudyOptions>, text: RegExp) =>
    assert.throws(() => checkOptions({ ...options, ...change }), { message: text });
  refuses(
    { untilDecided: true, seeds: { first: 1, count: 3 } },
    /^--seeds: 3 is given with --until-decided/,
  );
  refuses({ maxSeeds: 4 }, /^--max-seeds: 4 bounds --until-decided/);
  refuses({ hours: 2 }, /^--hours: 2 bounds --until-decided/);
  checkOptions({ ...options, untilDecided: true, maxSeeds: 4, hours: 2 });
});
