import assert from "node:assert/strict";
import { claim, difference, mean } from "@/dsl/mod.ts";
import { judgeLooks } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const right = (...shares: readonly number[]) =>
  shares.map((share) => Uint8Array.from({ length: 400 }, (_, i) => Number(i < share)));
const term = (left: "species" | "scenes") =>
  difference(mean({ pretrain: left }), mean({ pretrain: "objects" }));
const large = claim({ id: "large", statement: "Large", term: term("species") });
const small = claim({ id: "small", statement: "Small", term: term("scenes") });
const cells = [
  madeCell({ pretrain: "species" }, right(300, 302, 299, 301)),
  madeCell({ pretrain: "objects" }, right(200, 201, 199, 200)),
  madeCell({ pretrain: "scenes" }, right(198, 203, 197, 202)),
];
const asked = [large, small].map((claim) => ({
  claim,
  measurements: { cells, pretexts: [], testClasses: new Map() },
  absent: [],
  failed: () => [],
}));
const families = { paper: 0, own: 2 };

Deno.test("judgeLooks() leaves a claim as the first look decides it, on the seeds of that look", () => {
  const [one] = judgeLooks(asked, { looks: [2, 3, 4, 6], families }).judgements;
  assert.equal(one!.verdict, "holds");
  assert.equal(one!.look, 2);
  assert.equal(one!.seeds, 2);
});

Deno.test("judgeLooks() takes an undecided claim to the last look that there are seeds for", () => {
  const [, two] = judgeLooks(asked, { looks: [2, 3, 4, 6], families }).judgements;
  assert.equal(two!.verdict, "undecided");
  assert.equal(two!.look, undefined);
  assert.equal(two!.seeds, 4);
});

Deno.test("judgeLooks() pays for every look", () => {
  const [once] = judgeLooks(asked, { looks: [], families }).judgements;
  const [often] = judgeLooks(asked, { looks: [4], families }).judgements;
  assert.equal(once!.p, often!.p);
  // Four looks have a quarter of 5 % each: a p-value between the two is decided by one look alone.
  const threshold = once!.effect!.interval.low +
    0.6 * (once!.effect!.value - once!.effect!.interval.low);
  const near = claim({ id: "near", statement: "Near", term: term("species"), threshold });
  const verdict = (looks: readonly number[]) =>
    judgeLooks([{ ...asked[0]!, claim: near }], { looks, families: { paper: 0, own: 1 } })
      .judgements[0]!;
  const single = verdict([]), several = verdict([4, 5, 6, 7]);
  assert.ok(single.p! === several.p);
  assert.equal(several.verdict, single.p! < 0.0125 ? "holds" : "undecided");
});

Deno.test("judgeLooks() makes a claim's checks on the seeds of the look: what fails later takes no verdict back", () => {
  const failed = (some: typeof cells) =>
    some.some(({ rows }) => rows.length > 2) ? ["a later seed fails"] : [];
  const one = { ...asked[0]!, failed: failed as (typeof asked)[0]["failed"] };
  const { judgements } = judgeLooks([one], { looks: [2, 4], families });
  assert.equal(judgements[0]!.verdict, "holds");
  assert.equal(judgements[0]!.look, 2);
});
