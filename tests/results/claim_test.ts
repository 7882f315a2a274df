import assert from "node:assert/strict";
import {
  best,
  type Claim,
  claim,
  type ClaimOptions,
  difference,
  mean,
  pretext,
  share,
  spread,
  worst,
} from "@/dsl/mod.ts";
import {
  claimLines,
  claimsCsv,
  judge,
  measureClaim,
  type MeasuredClaim,
  type Measurements,
  type PretextCell,
  resample,
  type ResampledCell,
  type Subject,
} from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

/** The first `right` of `n` images right. */
const first = (right: number, n: number) =>
  Uint8Array.from({ length: n }, (_, i) => Number(i < right));
const cells = resample([
  madeCell({ pretrain: "species" }, [first(160, 200)]),
  madeCell({ pretrain: "objects" }, [first(100, 200)]),
  madeCell({ pretrain: "scenes" }, [first(60, 200)]),
]);
const rivals = ["objects", "scenes"] as const;
const species = mean({ pretrain: "species" }), objects = mean({ pretrain: "objects" });

const made = (options: Omit<ClaimOptions, "id" | "statement">): Claim =>
  claim({ id: "a", statement: "A", ...options });
const on = (some: readonly ResampledCell[]): Measurements => ({
  cells: some,
  pretexts: [],
  testClasses: new Map(),
});

/** The judgement of a claim by itself, which must be measured. */
function alone(one: Claim, measurements: Measurements = on(cells)): MeasuredClaim {
  const [judged] = judge([measureClaim(one, measurements)]);
  assert.ok(judged !== undefined && !("reason" in judged), JSON.stringify(judged));
  return judged;
}

Deno.test("measureClaim() takes the best, the worst, the mean or the spread of a selection, and differences of differences", () => {
  const against = (right: Parameters<typeof difference>[1]) =>
    alone(made({ contrast: difference(species, right) })).value;
  const where = { pretrain: rivals };
  const values = [
    against(best(where)),
    against(worst(where)),
    against(mean(where)),
    against(spread(where)),
    against(difference(objects, mean({ pretrain: "scenes" }))),
  ];
  [0.3, 0.5, 0.4, 0.6, 0.6].forEach((wanted, i) =>
    assert.ok(Math.abs(values[i]! - wanted) < 1e-12, `${values}`)
  );
});

Deno.test("judge() holds, does not hold or leaves undecided by where the number lies", () => {
  const contrast = difference(species, objects);
  const verdict = (options: Partial<ClaimOptions>) => alone(made({ contrast, ...options })).verdict;
  assert.equal(verdict({}), "holds");
  assert.equal(verdict({ threshold: 0.3 }), "undecided at this scale");
  assert.equal(verdict({ threshold: 0.6 }), "does not hold");
  assert.equal(verdict({ direction: "below" }), "does not hold");
  assert.equal(verdict({ direction: "below", threshold: 0.6 }), "holds");
  assert.equal(verdict({ direction: "within", threshold: 0.5 }), "holds");
  assert.equal(verdict({ direction: "within", threshold: 0.1 }), "does not hold");
});

Deno.test("judge() asks for more the more claims there are", () => {
  // 0.3 with a standard error of about 0.032: two thresholds nearby are decided alone, and not in company.
  const one = made({ contrast: difference(species, objects), threshold: 0.225 });
  assert.equal(alone(one).verdict, "holds");
  const many = Array.from({ length: 60 }, () => measureClaim(one, on(cells)));
  const judged = judge(many);
  assert.ok(judged.every(({ verdict }) => verdict === "undecided at this scale"));
});

Deno.test("judge() leaves equal conditions undecided", () => {
  assert.equal(
    alone(made({ contrast: difference(species, species) })).verdict,
    "undecided at this scale",
  );
});

Deno.test("measureClaim() measures nothing when a selected condition is absent, and names it", () => {
  const contrast = made({ contrast: difference(species, best({ pretrain: rivals })) });
  const absent = [cells[2]!.subject];
  assert.deepEqual(measureClaim(contrast, on(cells.slice(0, 2)), { absent }), {
    claim: contrast,
    verdict: "not measured",
    reason: `not in the store: ${absent[0]!.condition}`,
  });
});

Deno.test("measureClaim() says when the data cannot tell", () => {
  const reasonOf = (contrast: ClaimOptions["contrast"], measurements = on(cells)) => {
    const one = measureClaim(made({ contrast }), measurements);
    assert.ok("reason" in one && one.verdict === "not testable here");
    return one.reason;
  };
  assert.match(reasonOf(difference(mean({ level: "coarsest" }), species)), /levels of the label/);
  const pretexts: readonly PretextCell[] = [{
    subject: cells[0]!.subject,
    accuracies: new Map([[1, 0.5]]),
  }];
  assert.match(
    reasonOf(pretext({ pretrain: "species" }), { ...on(cells), pretexts }),
    /two or more with --seeds/,
  );
  assert.match(
    reasonOf(share({ pretrain: "species" }, { pretrain: "objects" }, { classes: 3 })),
    /no level with as many classes/,
  );
});

Deno.test("measureClaim() measures a training's own accuracy over seeds", () => {
  const accuracies = (...values: readonly number[]) => new Map(values.map((v, i) => [i + 1, v]));
  const subject = (pretrain: string): Subject => ({ ...cells[0]!.subject, pretrain });
  const pretexts = [
    { subject: subject("species"), accuracies: accuracies(0.7, 0.72, 0.74) },
    { subject: subject("objects"), accuracies: accuracies(0.6, 0.6, 0.6) },
  ];
  const judged = alone(
    made({
      contrast: difference(pretext({ pretrain: "species" }), pretext({ pretrain: "objects" })),
    }),
    { ...on(cells), pretexts },
  );
  assert.ok(Math.abs(judged.value - 0.12) < 1e-12);
  assert.equal(judged.seeds, 3);
  // Student's t with two degrees of freedom: 4.3027 standard errors of 0.02 / sqrt(3).
  assert.ok(Math.abs(judged.interval.high - judged.value - 4.3027 * 0.02 / Math.sqrt(3)) < 1e-4);
  assert.equal(judged.verdict, "holds");
});

Deno.test("measureClaim() counts the classes in which one side is ahead, a tie as half", () => {
  const classOfImage = Uint16Array.from({ length: 40 }, (_, i) => Math.floor(i / 10));
  const level = { level: "class", names: ["a", "b", "c", "d"], classOfImage };
  const finest = { level: "finest", names: level.names, classOfImage };
  const testClasses = new Map([["species", { role: "species", levels: [finest, level] }]]);
  // Ahead in a and b, equal in c, behind in d.
  const right = (perClass: readonly number[]) =>
    Uint8Array.from({ length: 40 }, (_, i) => Number(i % 10 < perClass[Math.floor(i / 10)]!));
  const some = resample([
    madeCell({ pretrain: "objects" }, [right([9, 9, 5, 1])]),
    madeCell({ pretrain: "scenes" }, [right([2, 3, 5, 8])]),
  ]);
  const contrast = share({ pretrain: "objects" }, { pretrain: "scenes" }, { classes: 3 });
  const judged = alone(made({ contrast, threshold: 0.5 }), { ...on(some), testClasses });
  assert.equal(judged.value, 2.5 / 4);
  assert.ok(judged.interval.low < judged.value && judged.interval.high > judged.value);
});

Deno.test("measureClaim() uses the seeds that both sides have", () => {
  const two = resample([
    madeCell({ pretrain: "species" }, [first(10, 20), first(16, 20)], [1, 2]),
    madeCell({ pretrain: "objects" }, [first(8, 20)], [2]),
  ]);
  const judged = alone(made({ contrast: difference(species, objects) }), on(two));
  assert.equal(judged.seeds, 1);
  assert.equal(judged.value, 0.4);
});

Deno.test("claimsCsv() leaves empty what is not measured", () => {
  const one = made({ number: 8, contrast: difference(species, objects), paper: 0.1 });
  const none = claim({ id: "b", statement: "B", contrast: mean({ pretrain: "aerial" }) });
  const judged = judge([one, none].map((each) => measureClaim(each, on(cells))));
  const lines = claimsCsv(
    claimLines(
      judged.map((judgement) => ({ experiment: { id: "e", paperSource: "table" }, judgement })),
    ),
  )
    .split("\n");
  assert.equal(
    lines[0],
    "experiment,claim,number,statement,direction,threshold,paper,paper_source,value,low,high,seeds,p_corrected,verdict",
  );
  assert.match(lines[1]!, /^e,a,8,A,above,0,0\.1,table,0\.3\d*,0\.\d+,0\.\d+,1,[\d.e-]+,holds$/);
  assert.equal(lines[2], "e,b,,B,above,0,,,,,,,,not testable here");
});
