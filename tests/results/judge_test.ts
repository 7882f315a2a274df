import assert from "node:assert/strict";
import {
  best,
  type Claim,
  claim,
  type ClaimOptions,
  difference,
  logit,
  mean,
  pretext,
  ratio,
  share,
  spread,
  type Term,
  worst,
} from "@/dsl/mod.ts";
import {
  type AskedClaim,
  type Cell,
  cellIds,
  claimLines,
  claimsCsv,
  estimateCell,
  judge,
  type Judgement,
  type Measurements,
  type PretextCell,
  type Subject,
} from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const images = 400;
/** The first of the images right, in a share of 200, at each seed. */
const right = (...shares: readonly number[]) =>
  shares.map((right) => Uint8Array.from({ length: images }, (_, i) => Number(i < 2 * right)));
const cells = [
  madeCell({ pretrain: "species" }, right(159, 161)),
  madeCell({ pretrain: "objects" }, right(101, 99)),
  madeCell({ pretrain: "scenes" }, right(59, 61)),
];
const rivals = ["objects", "scenes"] as const;
const species = mean({ pretrain: "species" }), objects = mean({ pretrain: "objects" });
const scenes = mean({ pretrain: "scenes" });

const on = (some: readonly Cell[]): Measurements => ({
  cells: some,
  pretexts: [],
  testClasses: new Map(),
});
const asked = (one: Claim, rest: Partial<AskedClaim> = {}): AskedClaim => ({
  claim: one,
  measurements: on(cells),
  absent: [],
  failed: () => [],
  ...rest,
});
const families = { paper: 1, own: 1 };

/** The judgement of a claim by itself. */
function alone(one: Claim, rest: Partial<AskedClaim> = {}): Judgement {
  return judge([asked(one, rest)], { families }).judgements[0]!;
}
const made = (term: Term, options: Partial<ClaimOptions> = {}): Claim =>
  claim({ id: "a", statement: "A", term, ...options } as ClaimOptions);
const near = (found: number | undefined, wanted: number) =>
  assert.ok(found !== undefined && Math.abs(found - wanted) < 1e-9, `${found}, not ${wanted}`);

Deno.test("judge() measures best, worst, spread, mean, logit, ratio and differences of differences", () => {
  const where = { pretrain: rivals };
  const valueOf = (term: Term) => alone(made(term)).effect?.value;
  near(valueOf(difference(species, best(where))), 0.3);
  near(valueOf(difference(species, worst(where))), 0.5);
  near(valueOf(difference(species, mean(where))), 0.4);
  near(valueOf(spread({ pretrain: ["species", ...rivals] })), 0.5);
  near(valueOf(difference(best(where), worst({ pretrain: ["species", "scenes"] }))), 0.2);
  near(valueOf(difference(species, difference(objects, scenes))), 0.6);
  near(
    valueOf(difference(logit({ pretrain: "species" }), logit({ pretrain: "objects" }))),
    Math.log(4),
  );
  near(valueOf(ratio(difference(species, objects), difference(species, scenes))), 0.6);
});

Deno.test("judge() holds, does not hold or leaves undecided by where the number lies", () => {
  const verdict = (options: Partial<ClaimOptions>) =>
    alone(made(difference(species, objects), options)).verdict;
  assert.equal(verdict({}), "holds");
  assert.equal(verdict({ threshold: 0.3 }), "undecided");
  assert.equal(verdict({ threshold: 0.6 }), "does not hold");
  assert.equal(verdict({ direction: "below" }), "does not hold");
  assert.equal(verdict({ direction: "below", threshold: 0.6 }), "holds");
  assert.equal(verdict({ direction: "within", threshold: 0.5 }), "holds");
  assert.equal(verdict({ direction: "within", threshold: 0.1 }), "does not hold");
});

Deno.test("judge() gives no verdict from one seed", () => {
  const some = [
    madeCell({ pretrain: "species" }, right(160)),
    madeCell({ pretrain: "objects" }, right(20)),
  ];
  const found = alone(made(difference(species, objects)), { measurements: on(some) });
  assert.equal(found.verdict, "needs two seeds");
  assert.match(found.reason!, /--seeds 2/);
  near(found.effect?.value, 0.7);
});

Deno.test("judge() gives no verdict where a check fails, and says which", () => {
  const found = alone(made(difference(species, objects)), {
    failed: () => ["it had not come to rest"],
  });
  assert.equal(found.verdict, "not testable at this budget");
  assert.equal(found.reason, "it had not come to rest");
});

Deno.test("judge() of all contrasts asks each, and of their mean their sum", () => {
  const contrasts = [
    { id: "one", statement: "One", term: difference(species, objects) },
    { id: "two", statement: "Two", term: difference(scenes, objects) },
  ];
  const options = { id: "a", statement: "A", contrasts };
  const all = alone(claim({ ...options, means: "all" }));
  assert.equal(all.verdict, "does not hold");
  near(all.effect?.value, -0.2);
  assert.equal(all.effect?.of?.id, "two");
  assert.deepEqual(all.contrasts.map(({ verdict }) => verdict), ["holds", "does not hold"]);
  const average = alone(claim({ ...options, means: "mean" }));
  assert.equal(average.verdict, "holds");
  near(average.effect?.value, 0.05);
});

Deno.test("judge() learns the seeds' noise of numbers that nothing is claimed of", () => {
  const families = { paper: 0, own: 0 };
  const measured = [{ cells, pretexts: [], testClasses: new Map() }];
  const widthBy = (noise: ReturnType<typeof judge>["noise"]) => {
    const { low, high } = estimateCell(cells[0]!, noise).estimate.interval;
    return high - low;
  };
  // By itself a number of two seeds has one degree of freedom.
  const [alone, together] = [judge([], { families }), judge([], { families, measured })];
  assert.ok(widthBy(together.noise) < 0.8 * widthBy(alone.noise));
});

Deno.test("judge() tests contrasts only behind a decided claim", () => {
  const contrasts = [
    { id: "one", statement: "One", term: difference(species, objects) },
    { id: "two", statement: "Two", term: difference(species, objects), threshold: 0.3 },
  ];
  const found = alone(claim({ id: "a", statement: "A", contrasts }));
  assert.equal(found.verdict, "undecided");
  assert.deepEqual(found.contrasts.map(({ verdict }) => verdict), [null, null]);
});

Deno.test("judge() asks for more the more claims a family has, whatever of them was run", () => {
  const one = made(difference(species, objects), { number: 1, threshold: 0.22 });
  const verdictAmong = (paper: number) =>
    judge([asked(one)], { families: { paper, own: 1 } }).judgements[0]!.verdict;
  assert.equal(verdictAmong(1), "holds");
  assert.equal(verdictAmong(300), "undecided");
  // The study's own claims are another family.
  const own = judge([asked(made(difference(species, objects), { threshold: 0.22 }))], {
    families: { paper: 300, own: 1 },
  });
  assert.equal(own.judgements[0]!.verdict, "holds");
});

Deno.test("judge() leaves equal conditions undecided", () => {
  assert.equal(alone(made(difference(species, species))).verdict, "undecided");
});

Deno.test("judge() measures nothing when a selected condition is absent, and names it", () => {
  const found = alone(made(difference(species, best({ pretrain: rivals }))), {
    measurements: on(cells.slice(0, 2)),
    absent: [cells[2]!.subject],
  });
  assert.equal(found.verdict, "not measured");
  assert.equal(found.reason, `not in the store: ${cells[2]!.subject.condition}`);
});

Deno.test("judge() says when the data cannot tell", () => {
  const reasonOf = (term: Term) => {
    const { verdict, reason } = alone(made(term));
    assert.equal(verdict, "not testable here");
    return reason!;
  };
  assert.match(reasonOf(difference(mean({ level: "coarsest" }), species)), /levels of the label/);
  assert.match(
    reasonOf(share({ pretrain: "species" }, { pretrain: "objects" }, { classes: 3 })),
    /no level with enough classes/,
  );
});

Deno.test("judge() measures a training's own accuracy over seeds", () => {
  const accuracies = (...values: readonly number[]) => new Map(values.map((v, i) => [i + 1, v]));
  const subject = (pretrain: string): Subject => ({
    ...cells[0]!.subject,
    pretrain,
    condition: pretrain,
  });
  const pretexts: readonly PretextCell[] = [
    { subject: subject("species"), accuracies: accuracies(0.7, 0.72, 0.74) },
    { subject: subject("objects"), accuracies: accuracies(0.6, 0.61, 0.59) },
  ];
  const term = difference(pretext({ pretrain: "species" }), pretext({ pretrain: "objects" }));
  const found = alone(made(term), { measurements: { ...on(cells), pretexts } });
  near(found.effect?.value, 0.12);
  assert.equal(found.seeds, 3);
  assert.equal(found.verdict, "holds");
});

/** Ten classes of forty images: how many of each class are right. */
function byClass(rights: readonly number[]): Uint8Array {
  return Uint8Array.from(
    { length: images },
    (_, i) => Number(Math.floor(i / 10) < rights[i % 10]!),
  );
}

Deno.test("judge() of a share asks enough classes by themselves, and its interval ends where shares do", () => {
  const classOfImage = Uint16Array.from({ length: images }, (_, i) => i % 10);
  const names = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  const level = { level: "class", names, classOfImage };
  const testClasses = new Map([["species", {
    role: "species",
    levels: [{ ...level, level: "finest" }, level],
  }]]);
  const judged = (ahead: number) => {
    const rights = names.map((_, i) => i < ahead ? 38 : 3);
    const some = [
      madeCell({ pretrain: "objects" }, [byClass(rights), byClass(rights)]),
      madeCell({ pretrain: "scenes" }, [
        byClass(names.map(() => 20)),
        byClass(names.map(() => 20)),
      ]),
    ];
    return alone(
      made(share({ pretrain: "objects" }, { pretrain: "scenes" }, { classes: 3 }), {
        threshold: 0.5,
      }),
      { measurements: { ...on(some), testClasses } },
    );
  };
  const most = judged(10), half = judged(5), few = judged(1);
  assert.equal(most.verdict, "holds");
  assert.deepEqual(most.effect?.interval, { low: 1, high: 1 });
  // Exactly half is not more than half.
  assert.equal(half.verdict, "does not hold");
  near(half.effect?.value, 0.5);
  assert.equal(few.verdict, "does not hold");
  near(few.effect?.value, 0.1);
  assert.ok(few.effect!.interval.low >= 0);
});

Deno.test("judge() uses the seeds that all conditions have", () => {
  const some = [
    madeCell({ pretrain: "species" }, right(100, 160, 162), [1, 2, 3]),
    madeCell({ pretrain: "objects" }, right(80, 82), [2, 3]),
  ];
  const found = alone(made(difference(species, objects)), { measurements: on(some) });
  assert.equal(found.seeds, 2);
  near(found.effect?.value, 0.4);
});

Deno.test("claimsCsv() has a line for a claim and one for each contrast, and leaves empty what is not known", () => {
  const one = made(
    difference(species, objects),
    { number: 8, paper: 0.1 } as Partial<ClaimOptions>,
  );
  const none = claim({ id: "b", statement: "B", term: mean({ pretrain: "aerial" }) });
  const { judgements } = judge([asked(one), asked(none)], { families });
  const lines = claimsCsv(
    claimLines(
      judgements.map((judgement) => ({
        experiment: { id: "e", paperSource: "table" },
        judgement,
        cells,
      })),
    ),
  ).split("\n");
  assert.equal(
    lines[0],
    "experiment,claim,contrast,number,statement,means,direction,threshold,paper,paper_source,value,low,high,seeds,p_corrected,verdict,reason,cells",
  );
  assert.match(
    lines[1]!,
    /^e,a,,8,A,all,,,0\.1,table,0\.3\d*,0\.\d+,0\.\d+,2,[\d.e-]+,holds,,[0-9a-f]{12} [0-9a-f]{12}$/,
  );
  assert.match(
    lines[2]!,
    /^e,a,a,8,A,,above,0,0\.1,table,0\.3\d*,0\.\d+,0\.\d+,2,,holds,,[0-9a-f]{12} [0-9a-f]{12}$/,
  );
  assert.ok(lines[2]!.endsWith(`,${cellIds(cells.slice(0, 2))}`), "its left side first");
  assert.match(lines[3]!, /^e,b,,,B,all,,,,,,,,,,not testable here,"?it selects no condition/);
});
