import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { experiments } from "@/experiments/mod.ts";
import { taxa } from "@/experiments/taxa.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { paperClaims } from "@/reports/paper_claims.ts";
import { verdictSentence, verdictTable } from "@/reports/verdicts.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

Deno.test("verdictTable() has a row for each of the paper's claims, and says which this report does not ask", async () => {
  // Pretraining on the task's own domain is far better, and all other sources are alike.
  await using input = await syntheticStudy([dataDomain, taxa], {
    accuracy: ({ encoders, probe }) =>
      encoders[0]!.sources.some(({ role }) => role === probe.labels.role) ? 0.8 : 0.4,
    testImages: 400,
  });
  const study = await readStudy(input);
  const text = verdictTable(study).markup;
  const rows = [...text.matchAll(/<tr id="verdict-(\d+)">.*?<\/tr>/gs)];
  assert.deepEqual(rows.map(([, number]) => Number(number)), [...paperClaims.keys()]);
  const row = (number: number) => rows[number - 1]![0];
  assert.match(row(8), /class="verdict good".*holds.*<summary>4 hold<\/summary>/s);
  assert.match(row(8), /href="#data-domain"/);
  assert.match(row(8), /<br><small>table<\/small>/);
  assert.match(row(8), /href="#data-domain-claim-in-domain-aerial"/);
  assert.match(row(1), /not testable here.*no experiment of this report asks it/s);
  assert.match(row(19), /% to|\d %/);
  assert.match(text, /own 5 checks/);
  assert.match(verdictSentence(study), /^The paper’s 19 claims: \d+ holding in every contrast/);
});

Deno.test("verdictTable() says what a claim's contrasts say together", async () => {
  /** The verdict of claim 8, where the task's own domain is ahead, even with the others, or behind, by the task. */
  const verdictOf8 = async (own: Readonly<Record<string, number>>): Promise<string> => {
    await using input = await syntheticStudy([dataDomain], {
      accuracy: ({ encoders, probe: { labels } }) =>
        encoders[0]!.sources.some(({ role }) => role === labels.role) ? own[labels.role]! : 0.5,
      testImages: 400,
    });
    const text = verdictTable(await readStudy(input)).markup;
    const [, cell] = /<tr id="verdict-8">.*?<td[^>]*>(.*?)<\/td>/s.exec(text)!;
    return cell!.replace(/<[^>]+>/g, "").replace(/^\S /, "");
  };
  const ahead = { species: 0.8, objects: 0.8, scenes: 0.8, aerial: 0.8 };
  assert.equal(await verdictOf8(ahead), "holds");
  assert.equal(await verdictOf8({ ...ahead, objects: 0.5 }), "holds where decided");
  assert.equal(await verdictOf8({ ...ahead, objects: 0.2 }), "differs by contrast");
  const behind = { species: 0.2, objects: 0.2, scenes: 0.2, aerial: 0.2 };
  assert.equal(await verdictOf8({ ...behind, aerial: 0.5 }), "does not hold where decided");
  assert.equal(await verdictOf8(behind), "does not hold");
});

Deno.test("the claims of all experiments are the paper's 19, and no other number", () => {
  const asked = experiments.flatMap(({ claims }) => claims.flatMap(({ number }) => number ?? []));
  assert.deepEqual([...new Set(asked)].sort((a, b) => a - b), [...paperClaims.keys()]);
});
