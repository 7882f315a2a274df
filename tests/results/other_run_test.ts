import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { pooledDomains } from "@/experiments/pooled_domains.ts";
import { otherRun, otherRunFrom, readStudy } from "@/lib/results/mod.ts";
import { writeReport } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

Deno.test("otherRunFrom() reads out of a report's files what otherRun() has of the study itself", async () => {
  await using input = await syntheticStudy([dataDomain, pooledDomains], {
    seeds: 2,
    accuracy: ({ encoders: [encoder] }) => encoder!.method === "none" ? 0.2 : 0.5,
    testImages: 100,
    leaveOut: ({ experiment }) => experiment === pooledDomains.id,
  });
  const folder = `${input.folder}/report`;
  await writeReport(input, folder);
  const [claims, figures] = await Promise.all(
    ["claims.csv", "figures.csv"].map((name) => Deno.readTextFile(`${folder}/${name}`)),
  );
  const direct = otherRun("there", await readStudy(input));
  assert.ok(direct.claims.some(({ effect }) => effect !== null));
  assert.ok(direct.claims.some(({ verdict }) => verdict === "not measured"));
  assert.deepEqual(otherRunFrom("there", { claims: claims!, figures: figures! }), direct);
  const alone = otherRunFrom("there", { claims: claims!, figures: null });
  assert.deepEqual(alone, { ...direct, cells: new Map() });
});

Deno.test("otherRunFrom() refuses files that are not a report's", () => {
  assert.throws(() => otherRunFrom("x.csv", { claims: "a,b\n1,2\n", figures: null }), {
    name: "InputError",
    message:
      "x.csv: it has no column experiment, claim, contrast, direction, threshold, value, verdict. " +
      "Give the claims.csv of a report of this project",
  });
  const claims = "experiment,claim,contrast,direction,threshold,value,verdict\na,b,,,,,perhaps\n";
  assert.throws(() => otherRunFrom("x.csv", { claims, figures: null }), {
    message:
      'x.csv: its claim b has the verdict "perhaps", which is none. Give the claims.csv of a report of this project as it was written',
  });
});
