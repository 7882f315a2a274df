import assert from "node:assert/strict";
import type { Condition } from "@/dsl/mod.ts";
import { dataQuality } from "@/experiments/data_quality.ts";
import { pooledDomains } from "@/experiments/pooled_domains.ts";
import { percent, rowId } from "@/lib/report/mod.ts";
import { readStudy } from "@/lib/results/mod.ts";
import { renderStudy } from "@/reports/mod.ts";
import { readTags } from "@/tests/report/markup.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

/** Corruption costs SimCLR twice what it costs a supervised network; a pool costs a little. */
function accuracy({ encoders }: Condition): number {
  const { method, corruption, sources } = encoders[0]!;
  if (method === "none") return 0.2;
  const clean = method === "supervised" ? 0.8 : 0.7;
  if (corruption.kind !== "clean") return clean - (method === "supervised" ? 0.1 : 0.2);
  return clean - 0.1 * (sources.length - 1);
}

Deno.test("renderStudy() shows a sample of each corruption once, and the parameters among the differences", async () => {
  await using input = await syntheticStudy([dataQuality], { accuracy, seeds: 2, testImages: 100 });
  const text = await renderStudy(input);
  const captions = [...text.matchAll(/<figcaption><strong>([^<]*)<\/strong>: images of objects/g)]
    .map(([, title]) => title);
  assert.deepEqual(captions, [
    "Resize &amp; Downsample (4x)",
    "Resize &amp; Downsample (2x)",
    "Resize to 0.7 of the side",
    "JPEG of quality 30",
    "Salt &amp; Pepper with probability 0.01",
  ]);
  assert.match(text, /<th scope="row">Corruptions<\/th>/);
  for (const row of input.rows.filter(({ seed }) => seed === 1)) {
    assert.ok(text.includes(`href="#${rowId(row)}">`), row.condition);
  }
});

Deno.test("renderStudy() speaks of corruptions only where there are some", async () => {
  await using input = await syntheticStudy([pooledDomains], { accuracy, testImages: 60 });
  const text = await renderStudy(input);
  readTags(text);
  assert.ok(!text.includes("<h3>Corrupted pretraining images"));
  assert.ok(!text.includes('<th scope="row">Corruptions</th>'));
  // The paper's value beside ours, in a row of its own for each pool.
  const four = input.rows.find(({ subject }) =>
    subject.on === "species" && subject.sizes.length === 4
  )!;
  assert.equal(four.pretrain_images, 4 * 1100);
  assert.ok(text.includes(`href="#${rowId(four)}">${percent(four.value)}</a>`));
  assert.ok(text.includes("paper 41.0"));
});

Deno.test("readStudy() judges decreases by corruption and losses by pooling", async () => {
  await using input = await syntheticStudy([dataQuality, pooledDomains], {
    accuracy,
    testImages: 2000,
    seeds: 2,
  });
  const { experiments } = await readStudy(input);
  for (const { experiment, judgements } of experiments) {
    assert.equal(judgements.length, experiment.claims.length);
    for (const { claim, verdict } of judgements) {
      // Any corruption costs the same here, so that none is worse than another.
      if (claim.number === 16) assert.notEqual(verdict, "not measured", claim.id);
      // The made-up trainings are all alike.
      else if (claim.number === 12) assert.equal(verdict, "undecided", claim.id);
      else assert.equal(verdict, "holds", claim.id);
    }
  }
});

Deno.test("the claims of Fig 4 and Table 2 carry the paper's contrasts", () => {
  const paper = (claims: typeof dataQuality.claims, id: string) =>
    claims.flatMap(({ contrasts }) => contrasts).find((one) => one.id === id)?.paper?.toFixed(4);
  assert.equal(paper(dataQuality.claims, "simclr-loses-more-points-by-downsample-4x"), "0.2760");
  assert.equal(paper(dataQuality.claims, "downsample-2x-worse-than-jpeg-30"), "0.0940");
  // Four domains at 1M against the domain's own 1M, and against two at 500k.
  assert.equal(
    paper(pooledDomains.claims, "pool-of-species-objects-scenes-aerial-on-species"),
    "-0.0830",
  );
  assert.equal(paper(pooledDomains.claims, "pool-of-species-objects-on-objects"), "-0.0320");
  assert.equal(paper(pooledDomains.claims, "four-against-species-scenes-on-scenes"), "-0.0010");
});
