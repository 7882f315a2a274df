import assert from "node:assert/strict";
import { claim, difference, mean } from "@/dsl/mod.ts";
import { type Random, randomAt } from "@/lib/base/random.ts";
import { judge, measureClaim, resample } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

// Simulated studies whose truth is known: two encoders, the same hard and easy test images, seeds that make either
// encoder better or worse on all of them.

interface Simulation {
  readonly seeds: number;
  readonly images: number;
  /** Standard deviation of an encoder's accuracy between seeds. */
  readonly seedSpread: number;
}

const gap = 0.1;
const contrast = difference(mean({ pretrain: "species" }), mean({ pretrain: "objects" }));

/** The outcomes of one study; the truth of the difference is `gap`, or that of its one seed. */
function study({ seeds, images, seedSpread }: Simulation, random: Random) {
  const ease = Float64Array.from({ length: images }, () => 0.25 + 0.4 * random.uniform());
  let truth = gap;
  const [left, right] = ([gap, 0] as const).map((level) =>
    Array.from({ length: seeds }, () => {
      const shift = seedSpread * random.normal();
      if (seeds === 1) truth += level > 0 ? shift : -shift;
      return Uint8Array.from(ease, (p) => Number(random.uniform() < p + level + shift));
    })
  );
  return { left: left!, right: right!, truth };
}

function coverage(simulation: Simulation): number {
  const studies = 400;
  let covered = 0;
  for (let i = 0; i < studies; i++) {
    const random = randomAt(11, `coverage ${JSON.stringify(simulation)}`, i);
    const { left, right, truth } = study(simulation, random);
    const cells = resample([
      madeCell({ pretrain: "species" }, left),
      madeCell({ pretrain: "objects" }, right),
    ], { times: 150 });
    const one = measureClaim(
      claim({ id: "a", statement: "A", contrast }),
      { cells, pretexts: [], testClasses: new Map() },
    );
    assert.ok(!("reason" in one));
    covered += Number(one.interval.low <= truth && truth <= one.interval.high);
  }
  return covered / studies;
}

// The noise of 300 test images is about 0.038 of a difference.
const settings: readonly Simulation[] = [
  { seeds: 1, images: 300, seedSpread: 0.02 },
  { seeds: 2, images: 300, seedSpread: 0 },
  { seeds: 2, images: 300, seedSpread: 0.04 },
  { seeds: 3, images: 300, seedSpread: 0.01 },
  { seeds: 3, images: 300, seedSpread: 0.04 },
  { seeds: 5, images: 300, seedSpread: 0.04 },
];

for (const simulation of settings) {
  const { seeds, seedSpread } = simulation;
  Deno.test(`a 95 % interval covers the truth, ${seeds} seeds that differ by ${seedSpread}`, () => {
    const share = coverage(simulation);
    // Two standard errors of 400 simulated studies are 0.022; too wide is a fault of another kind. Two seeds may be alike
    // by chance, and then nothing shows how much others would differ.
    const least = seeds === 2 ? 0.885 : 0.928;
    assert.ok(share >= least && share <= 0.998, `covered ${share}`);
  });
}

Deno.test("an interval of one seed does not cover what other seeds would give", () => {
  let covered = 0;
  for (let i = 0; i < 200; i++) {
    const { left, right } = study(
      { seeds: 1, images: 300, seedSpread: 0.08 },
      randomAt(12, "one seed", i),
    );
    const cells = resample([
      madeCell({ pretrain: "species" }, left),
      madeCell({ pretrain: "objects" }, right),
    ], { times: 100 });
    const one = measureClaim(
      claim({ id: "a", statement: "A", contrast }),
      { cells, pretexts: [], testClasses: new Map() },
    );
    assert.ok(!("reason" in one));
    covered += Number(one.interval.low <= gap && gap <= one.interval.high);
  }
  assert.ok(covered / 200 < 0.8, `covered ${covered / 200}`);
});

Deno.test("judge() calls a true difference in few of many families without one", () => {
  const families = 150, claims = 20;
  let wrong = 0, wrongAlone = 0;
  for (let family = 0; family < families; family++) {
    const random = randomAt(13, "family", family);
    const contrasts = Array.from({ length: claims }, (_, i) => {
      const coin = () =>
        Array.from(
          { length: 3 },
          () => Uint8Array.from({ length: 200 }, () => Number(random.uniform() < 0.4)),
        );
      const cells = resample([
        madeCell({ pretrain: "species" }, coin()),
        madeCell({ pretrain: "objects" }, coin()),
      ], { times: 100 });
      return measureClaim(
        claim({ id: `a-${i}`, statement: "A", contrast }),
        { cells, pretexts: [], testClasses: new Map() },
      );
    });
    const decided = (verdict: string) => verdict === "holds" || verdict === "does not hold";
    wrong += Number(judge(contrasts).some(({ verdict }) => decided(verdict)));
    wrongAlone += Number(contrasts.some((one) => decided(judge([one])[0]!.verdict)));
  }
  assert.ok(wrong / families <= 0.085, `${wrong} of ${families} families`);
  assert.ok(wrongAlone / families > 0.2, `uncorrected: ${wrongAlone} of ${families} families`);
});
