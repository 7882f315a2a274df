import assert from "node:assert/strict";
import { claim, mean } from "@/dsl/mod.ts";
import type { Judgement, Verdict } from "@/lib/results/mod.ts";
import { familySentence, tally } from "@/reports/tally.ts";

function judged(id: string, verdict: Verdict): Judgement {
  const made = claim({ id, statement: id, contrast: mean({}) });
  return verdict === "not measured" || verdict === "not testable here"
    ? { claim: made, verdict, reason: "none" }
    : {
      claim: made,
      verdict,
      value: 0,
      interval: { low: 0, high: 0 },
      seeds: 1,
      pHolds: 1,
      pFails: 1,
      p: 1,
    };
}

const judgements = [
  judged("wins-species", "holds"),
  judged("wins-objects", "undecided at this scale"),
  judged("wins-scenes", "holds"),
  judged("wins-aerial", "does not hold"),
  judged("loses-aerial", "not measured"),
];

Deno.test("familySentence() names the domains under each verdict and leaves other families out", () => {
  assert.equal(
    familySentence("A wins", { judgements, prefix: "wins-" }),
    "A wins: holds on species and scenes; does not hold on aerial; undecided at this scale on objects.",
  );
  assert.equal(
    familySentence("A loses", { judgements, prefix: "loses-" }),
    "A loses: not measured on aerial.",
  );
  assert.equal(familySentence("A", { judgements, prefix: "draws-" }), "");
});

Deno.test("tally() counts the verdicts", () => {
  assert.equal(
    tally(judgements),
    "2 hold, 1 does not hold, 1 is undecided at this scale and 1 was not measured",
  );
});
