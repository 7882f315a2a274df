import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import {
  againstCsv,
  cellId,
  compareRuns,
  isApart,
  type OtherRun,
  otherRun,
  readStudy,
  type StudyResults,
} from "@/lib/results/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

/** A study in which training on the task's own domain gives so much more. */
async function studyWith(more: number): Promise<StudyResults> {
  await using input = await syntheticStudy([dataDomain], {
    seeds: 2,
    accuracy: ({ encoders: [encoder], probe }) =>
      0.4 + (encoder!.sources[0]?.role === probe.labels.role ? more : 0),
    testImages: 400,
  });
  return await readStudy(input);
}

const study = await studyWith(0.3), opposite = await studyWith(-0.3);

Deno.test("compareRuns() finds every claim the same and every number equal in the same run", () => {
  const { claims, cells } = compareRuns(study, otherRun("there", study));
  assert.equal(claims.length, dataDomain.claims.length);
  assert.ok(claims.every(({ agreement }) => agreement === "same"));
  assert.equal(cells.length, study.experiments[0]!.cells.length);
  for (const { difference } of cells) {
    assert.equal(difference.value, 0);
    assert.ok(!isApart(difference) && difference.low! < 0 && difference.high! > 0);
  }
});

Deno.test("compareRuns() tells what contradicts, what differs, and what is asked otherwise or here only", () => {
  const other = otherRun("there", opposite);
  const found = compareRuns(study, other);
  const decided = found.claims.filter(({ here, there }) =>
    here.verdict === "holds" && there?.verdict === "does not hold"
  );
  assert.ok(decided.length > 0, "some claim is decided both ways");
  assert.ok(decided.every(({ agreement }) => agreement === "contradict"));

  const [first, ...rest] = otherRun("there", study).claims;
  const withFirst = (change: Partial<typeof first>): OtherRun => ({
    name: "there",
    claims: [{ ...first!, ...change }, ...rest],
    cells: new Map(),
  });
  const agreementOf = (run: OtherRun) => compareRuns(study, run).claims[0]!.agreement;
  assert.equal(agreementOf(withFirst({ verdict: "not measured" })), "differ");
  assert.equal(agreementOf(withFirst({ borders: "above 0.5" })), "asked otherwise");
  assert.equal(agreementOf(withFirst({ claim: "another" })), "only here");
});

Deno.test("compareRuns() gives a difference the interval that the two numbers' own give it", () => {
  const [cell] = study.experiments[0]!.cells;
  const { value, interval } = cell!.estimate;
  const there = { value: value - 0.1, low: value - 0.13, high: value - 0.06 };
  const cells = new Map([[cellId(cell!.subject), there]]);
  const { cells: [one] } = compareRuns(study, { name: "there", claims: [], cells });
  const near = (a: number | undefined, b: number) => assert.ok(Math.abs(a! - b) < 1e-12);
  near(one!.difference.value, 0.1);
  near(one!.difference.low, 0.1 - Math.hypot(value - interval.low, 0.04));
  near(one!.difference.high, 0.1 + Math.hypot(interval.high - value, 0.03));
  const bare = new Map([[cellId(cell!.subject), { value: 0.2 }]]);
  const { cells: [two] } = compareRuns(study, { name: "there", claims: [], cells: bare });
  assert.deepEqual(Object.keys(two!.difference), ["value"]);
  assert.ok(!isApart(two!.difference));
});

Deno.test("againstCsv() has a line for each claim and each number that both runs have", () => {
  const found = compareRuns(study, otherRun("there", opposite));
  const [header, ...lines] = againstCsv(found).trim().split("\n");
  assert.ok(header!.startsWith("kind,experiment,name,level,cell,verdict_here,verdict_there"));
  const kinds = lines.map((line) => line.split(",")[0]);
  assert.equal(kinds.filter((kind) => kind === "claim").length, found.claims.length);
  assert.equal(kinds.filter((kind) => kind === "cell").length, found.cells.length);
});
