import assert from "node:assert/strict";
import { type Random, randomAt } from "@/lib/base/random.ts";
import {
  type Cell,
  estimate,
  type Interval,
  percentileInterval,
  resample,
} from "@/lib/results/mod.ts";
import { overSeeds } from "@/lib/results/resample.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const bits = (n: number, p: number, random: Random) =>
  Uint8Array.from({ length: n }, () => Number(random.uniform() < p));
const width = ({ low, high }: Interval) => high - low;

Deno.test("percentileInterval() cuts 2.5 % off each end", () => {
  const draws = Float64Array.from({ length: 1001 }, (_, i) => 1000 - i);
  assert.deepEqual(percentileInterval(draws), { low: 25, high: 975 });
});

Deno.test("estimate() is the mean over seeds, with the same interval each time", () => {
  const cell = madeCell({}, [Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 1, 1, 0)]);
  const [one] = resample([cell]), [two] = resample([cell]);
  assert.equal(estimate(one!).value, 0.625);
  assert.deepEqual(estimate(one!), estimate(two!));
});

Deno.test("resample() gives an interval as wide as the binomial distribution has it", () => {
  const n = 400;
  const [cell] = resample([madeCell({}, [bits(n, 0.3, randomAt(1, "one"))])]);
  const { value, interval } = estimate(cell!);
  const wanted = 2 * 1.96 * Math.sqrt(value * (1 - value) / n);
  assert.ok(Math.abs(width(interval) / wanted - 1) < 0.1, `${width(interval)} for ${wanted}`);
});

Deno.test("resample() refuses two numbers of test images on one domain", () => {
  const cells = [
    madeCell({}, [new Uint8Array(3)]),
    madeCell({ pretrain: "scenes" }, [new Uint8Array(4)]),
  ];
  assert.throws(() => resample(cells, { times: 1 }), {
    message: "The cells on species were not all scored on the same test images",
  });
});

/** Two conditions that mostly find the same images hard. */
function alike(on: readonly [string, string]): readonly [Cell, Cell] {
  const random = randomAt(4, "alike");
  const easy = bits(500, 0.5, random);
  const noisy = (p: number) => easy.map((bit) => random.uniform() < p ? 1 - bit : bit);
  return [
    madeCell({ on: on[0] }, [noisy(0.05)]),
    madeCell({ on: on[1], pretrain: "scenes" }, [noisy(0.1)]),
  ];
}

Deno.test("resample() pairs the cells of a domain: their difference is narrower than if drawn apart", () => {
  const difference = (on: readonly [string, string]) => {
    const [a, b] = resample(alike(on)).map((cell) => cell.drawn[0]!);
    return width(percentileInterval(a!.map((value, i) => value - b![i]!)));
  };
  const paired = difference(["species", "species"]), apart = difference(["species", "aerial"]);
  assert.ok(paired < 0.7 * apart, `paired ${paired}, apart ${apart}`);
});

Deno.test("overSeeds() draws the same seeds for every cell with as many", () => {
  const drawn = [new Float64Array(50).fill(1), new Float64Array(50).fill(2)];
  const doubled = drawn.map((values) => values.map((value) => 2 * value));
  const once = overSeeds(drawn);
  assert.deepEqual(overSeeds(doubled), once.map((value) => 2 * value));
  assert.deepEqual(new Set(once), new Set([1, 1.5, 2]));
});

/** How often the interval of simulated data holds the truth. */
function coverage(options: { readonly seeds: number; readonly spread: number }): number {
  const { seeds, spread } = options;
  const studies = 300, images = 150, truth = 0.5;
  let held = 0;
  for (let study = 0; study < studies; study++) {
    const random = randomAt(7, "coverage", study, seeds);
    const correct = Array.from(
      { length: seeds },
      () => bits(images, truth + spread * random.normal(), random),
    );
    const [cell] = resample([madeCell({}, correct)], { times: 300 });
    const { low, high } = estimate(cell!).interval;
    held += Number(low <= truth && truth <= high);
  }
  return held / studies;
}

Deno.test("estimate() covers the truth in about 95 % of simulated studies, with one seed over test images", () => {
  const share = coverage({ seeds: 1, spread: 0 });
  assert.ok(share > 0.91 && share < 0.98, `coverage ${share}`);
});

Deno.test("estimate() covers the truth when seeds differ, given ten of them", () => {
  const share = coverage({ seeds: 10, spread: 0.05 });
  assert.ok(share > 0.9, `coverage ${share}`);
});

Deno.test("estimate() does not cover what one seed cannot show", () => {
  const share = coverage({ seeds: 1, spread: 0.05 });
  assert.ok(share < 0.9, `coverage ${share}`);
});
