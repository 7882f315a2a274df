import assert from "node:assert/strict";
import { type Random, randomAt } from "@/lib/base/random.ts";
import { type Cell, estimate, type Interval, resample } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const bits = (n: number, p: number, random: Random) =>
  Uint8Array.from({ length: n }, () => Number(random.uniform() < p));
const width = ({ low, high }: Interval) => high - low;

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
  const spread = (on: readonly [string, string]) => {
    const [a, b] = resample(alike(on)).map((cell) => cell.drawn[0]!);
    const sorted = a!.map((value, i) => value - b![i]!).toSorted();
    return sorted.at(-50)! - sorted[50]!;
  };
  const paired = spread(["species", "species"]), apart = spread(["species", "aerial"]);
  assert.ok(paired < 0.7 * apart, `paired ${paired}, apart ${apart}`);
});
