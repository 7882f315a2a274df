import assert from "node:assert/strict";
import { best, claim, mean, worst } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { claimsCsv, judge, resample } from "@/lib/results/mod.ts";
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
const base = { id: "a", statement: "A" };

Deno.test("judge() subtracts the best, the worst or the mean of a selection", () => {
  const left = mean({ pretrain: "species" });
  const values = [best, worst, mean].map((take) => {
    const judged = judge(claim({ ...base, left, right: take({ pretrain: rivals }) }), cells);
    assert.ok(judged.verdict !== "not measured");
    return judged.value;
  });
  [0.3, 0.5, 0.4].forEach((wanted, i) => assert.ok(Math.abs(values[i]! - wanted) < 1e-12));
});

Deno.test("judge() holds, does not hold or leaves undecided by where the interval lies", () => {
  const contrast = {
    ...base,
    left: mean({ pretrain: "species" }),
    right: mean({ pretrain: "objects" }),
  };
  assert.equal(judge(claim(contrast), cells).verdict, "holds");
  assert.equal(
    judge(claim({ ...contrast, threshold: 0.3 }), cells).verdict,
    "undecided at this scale",
  );
  assert.equal(judge(claim({ ...contrast, threshold: 0.6 }), cells).verdict, "does not hold");
  assert.equal(judge(claim({ ...contrast, direction: "below" }), cells).verdict, "does not hold");
  assert.equal(
    judge(claim({ ...contrast, direction: "below", threshold: 0.6 }), cells).verdict,
    "holds",
  );
});

Deno.test("judge() does not let equal conditions hold a claim of more", () => {
  const same = mean({ pretrain: "species" });
  const judged = judge(claim({ ...base, left: same, right: same }), cells);
  assert.equal(judged.verdict, "does not hold");
});

Deno.test("judge() measures nothing when a selected condition is absent, and names it", () => {
  const contrast = claim({
    ...base,
    left: mean({ pretrain: "species" }),
    right: best({ pretrain: rivals }),
  });
  const absent = [cells[2]!.subject];
  assert.deepEqual(judge(contrast, cells.slice(0, 2), { absent }), {
    claim: contrast,
    verdict: "not measured",
    reason: `not in the store: ${absent[0]!.condition}`,
  });
  const nothing = claim({ ...base, left: mean({ pretrain: "aerial" }), right: mean({}) });
  assert.deepEqual(judge(nothing, cells), {
    claim: nothing,
    verdict: "not measured",
    reason: "no condition of the experiment is meant by it",
  });
});

Deno.test("judge() uses the seeds that both sides have", () => {
  const two = resample([
    madeCell({ pretrain: "species" }, [first(10, 20), first(16, 20)], [1, 2]),
    madeCell({ pretrain: "objects" }, [first(8, 20)], [2]),
  ]);
  const judged = judge(
    claim({ ...base, left: mean({ pretrain: "species" }), right: mean({ pretrain: "objects" }) }),
    two,
  );
  assert.ok(judged.verdict !== "not measured");
  assert.equal(judged.seeds, 1);
  assert.equal(judged.value, 0.4);
});

Deno.test("judge() chooses the best anew in each resample", () => {
  const random = randomAt(2, "rivals");
  const coin = () => Uint8Array.from({ length: 200 }, () => Number(random.uniform() < 0.5));
  const many = resample([
    madeCell({ pretrain: "species" }, [coin()]),
    ...["objects", "scenes", "aerial"].map((pretrain) => madeCell({ pretrain }, [coin()])),
  ]);
  const right = best({ pretrain: ["objects", "scenes", "aerial"] });
  const judged = judge(claim({ ...base, left: mean({ pretrain: "species" }), right }), many);
  assert.ok(judged.verdict !== "not measured");
  const middle = (judged.interval.low + judged.interval.high) / 2;
  // A maximum over noise is biased upwards, so the resampled contrast lies below the measured one.
  assert.ok(middle < judged.value, `${middle} ${judged.value}`);
});

Deno.test("claimsCsv() leaves empty what is not measured", () => {
  const one = claim({
    ...base,
    left: mean({ pretrain: "species" }),
    right: mean({ pretrain: "objects" }),
    paper: 0.1,
  });
  const none = claim({ ...base, id: "b", left: mean({ pretrain: "aerial" }), right: mean({}) });
  const lines = claimsCsv(
    [one, none].map((each) => ({ experiment: "e", judgement: judge(each, cells) })),
  ).split("\n");
  assert.equal(
    lines[0],
    "experiment,claim,statement,direction,threshold,paper,value,low,high,seeds,verdict",
  );
  assert.match(lines[1]!, /^e,a,A,above,0,0\.1,0\.3\d*,0\.\d+,0\.\d+,1,holds$/);
  assert.equal(lines[2], "e,b,A,above,0,,,,,,not measured");
});
