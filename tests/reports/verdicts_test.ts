import assert from "node:assert/strict";
import type { Condition } from "@/dsl/mod.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { experiments } from "@/experiments/mod.ts";
import { taxa } from "@/experiments/taxa.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { answerSentences } from "@/reports/answer.ts";
import { paperClaims } from "@/reports/paper_claims.ts";
import { verdictFigure } from "@/reports/verdicts.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

/** On every task: what is trained on its own domain, what is trained on others, what is not trained. */
const byDomain = (own: number, others: number) => ({ encoders, probe }: Condition): number => {
  const [{ method, sources }] = encoders as [Condition["encoders"][number]];
  if (method === "none") return 0.2;
  return sources.some(({ role }) => role === probe.labels.role) ? own : others;
};

const rowsOf = (markup: string) =>
  new Map(
    [...markup.matchAll(/<tr id="verdict-(\d+)".*?<\/tr>/gs)].map((
      [row, number],
    ) => [Number(number), row]),
  );

Deno.test("verdictFigure() has a row for each claim that is asked, and names the others", async () => {
  await using input = await syntheticStudy([dataDomain, taxa], {
    accuracy: byDomain(0.8, 0.4),
    testImages: 400,
    seeds: 2,
  });
  const text = verdictFigure(await readStudy(input))!.markup;
  const rows = rowsOf(text);
  assert.deepEqual([...rows.keys()], [8, 9, 19]);
  assert.match(rows.get(8)!, /class="verdict good".*holds.*<svg.*\+\d+\.\d.*\+1\.5/s);
  assert.match(rows.get(8)!, /href="#data-domain-claim-in-domain"/);
  assert.match(rows.get(19)!, /\d %/);
  assert.match(text, /Not tested by the experiments in this report: claims 1, 2, /);
});

Deno.test("verdictFigure() says of one seed that it decides nothing", async () => {
  await using input = await syntheticStudy([dataDomain], {
    accuracy: byDomain(0.8, 0.4),
    testImages: 200,
  });
  const study = await readStudy(input);
  assert.match(rowsOf(verdictFigure(study)!.markup).get(8)!, /needs two seeds/);
  assert.match(answerSentences(study).join(" "), /^One seed decides nothing/);
});

Deno.test("answerSentences() are at most five, and say what is decided", async () => {
  const answerOf = async (own: number, others: number) => {
    await using input = await syntheticStudy([dataDomain], {
      accuracy: byDomain(own, others),
      testImages: 400,
      seeds: 3,
    });
    return answerSentences(await readStudy(input));
  };
  const best = await answerOf(0.8, 0.4);
  assert.equal(best[0], "Contrastive pretraining works best on images of the task’s own domain.");
  assert.ok(best.length <= 5);
  const worse = await answerOf(0.4, 0.8);
  assert.equal(
    worse[0],
    "The task’s own domain is not always the best for contrastive pretraining.",
  );
});

Deno.test("the claims of all experiments are the paper's 19, each once, and no other number", () => {
  const asked = experiments.flatMap(({ claims }) => claims.flatMap(({ number }) => number ?? []));
  assert.deepEqual(asked.sort((a, b) => a - b), [...paperClaims.keys()]);
});
