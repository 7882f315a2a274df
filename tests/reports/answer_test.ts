import assert from "node:assert/strict";
import type { StudyResults, Verdict } from "@/lib/results/mod.ts";
import { answerSentences } from "@/reports/answer.ts";

const verdicts = ["holds", "does not hold", "undecided"] as const;

/** The answer of a study of which some claims have a verdict. */
function answerOf(known: Readonly<Record<number, Verdict>>): readonly string[] {
  const judgements = Object.entries(known).map(([number, verdict]) => ({
    claim: { number: Number(number) },
    verdict,
  }));
  return answerSentences({ experiments: [{ judgements }] } as unknown as StudyResults);
}

/** All verdicts that some claims can have. */
function combinations(numbers: readonly number[]): readonly Record<number, Verdict>[] {
  return numbers.reduce<readonly Record<number, Verdict>[]>(
    (some, number) =>
      some.flatMap((one) => verdicts.map((verdict) => ({ ...one, [number]: verdict }))),
    [{}],
  );
}

Deno.test("answerSentences() are sentences that name what they speak of, whatever is decided", () => {
  for (const topic of [[1, 2, 3, 4, 6], [8, 10, 13], [15, 16], [7, 17]]) {
    for (const known of combinations(topic)) {
      const sentences = answerOf(known);
      const told = JSON.stringify([known, sentences]);
      assert.ok(sentences.length <= 2, told);
      for (const one of sentences) assert.match(one, /^[A-Z][^{}]*[a-z0-9]\.$/, told);
      if (sentences.length === 1) continue;
      const [first] = sentences;
      assert.doesNotMatch(first!.split("ontrastive pretraining")[0]!, /\bit\b/, told);
      assert.doesNotMatch(first!, / ,|, ;|;;/, told);
    }
  }
});

Deno.test("answerSentences() of a study that decides all are five", () => {
  const all = (verdict: Verdict) =>
    answerOf(Object.fromEntries(Array.from({ length: 19 }, (_, i) => [i + 1, verdict])));
  assert.deepEqual(all("holds"), [
    "Contrastive pretraining needs many images, with diminishing returns: small sets fall behind, and the last doubling adds little; with few labels it is a better starting point than random weights, an advantage that disappears with many labels; a linear classifier on the features it learns stays well below full supervision.",
    "It works best on images of the task’s own domain, and the same number of images from a mixed pool is no substitute; the features of a second encoder add little to those of the first.",
    "Corrupted images cost it more than they cost supervised training, loss of resolution most of all.",
    "The finer the task, the further it falls behind supervised training; with many fine-grained classes, every self-supervised method falls well behind.",
    "Every claim in this report is decided.",
  ]);
  assert.equal(all("does not hold").length, 5);
  assert.deepEqual(all("undecided"), [
    "Nothing is decided yet: more seeds would settle some of the claims.",
  ]);
  assert.deepEqual(all("not measured"), [
    "Nothing is decided yet: the claims have not been measured.",
  ]);
});
