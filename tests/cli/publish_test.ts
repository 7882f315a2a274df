import assert from "node:assert/strict";
import { type Claim, type Contrast, type Experiment, scaleOf } from "@/dsl/mod.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { exists } from "@/lib/base/files.ts";
import { publish, type ReportInput, sealOf } from "@/lib/cli/publish.ts";
import type { Study } from "@/lib/cli/study.ts";
import { otherRun, readStudy } from "@/lib/results/mod.ts";
import { artifactFolder } from "@/lib/store/mod.ts";
import { root } from "@/tests/cli/command.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const code = "c0de";

/** What `writeReport` is given, of a made-up study, but for its rows. */
async function withInput(body: (input: ReportInput) => Promise<void>): Promise<void> {
  await using study = await syntheticStudy([dataDomain], { accuracy: () => 0.5, testImages: 20 });
  const { rows: _rows, folder: _folder, ...input } = study;
  await body(input);
}

function withClaim(experiment: Experiment, change: Partial<Claim>): Experiment {
  const [first, ...rest] = experiment.claims;
  return { ...experiment, claims: [{ ...first!, ...change }, ...rest] };
}

Deno.test("sealOf() covers every field that a report is made from", () =>
  withInput(async (input) => {
    const others: { readonly [field in keyof ReportInput]: ReportInput[field] } = {
      experiments: [{ ...dataDomain, question: "Is it so?" }],
      plan: { ...input.plan, conditions: input.plan.conditions.slice(1) },
      store: { root: `${input.store.root}/none` },
      scale: scaleOf("mini", { precision: "bfloat16" }),
      domains: new Map([...input.domains].slice(1)),
      refused: new Map([["objects", "one class"]]),
      command: "deno task reproduce data-domain",
      registry: [{ ...dataDomain, title: "Another" }],
      looks: [2, 3],
      registered: { ...input.registered, at: "2026-01-01T00:00:00.000Z" },
    };
    const seal = await sealOf(input, code);
    assert.equal(await sealOf({ ...input }, code), seal);
    assert.notEqual(await sealOf(input, "other"), seal);
    for (const [name, value] of Object.entries(others)) {
      assert.notEqual(await sealOf({ ...input, [name]: value }, code), seal, name);
    }
    // One that comes later is covered without a word about it, be it a map in a record.
    const deep = (value: number) => ({ ...input, found: { by: new Map([["a", value]]) } });
    assert.notEqual(await sealOf(deep(1), code), await sealOf(deep(2), code));
    assert.notEqual(await sealOf({ ...input, findings: ["x"] } as ReportInput, code), seal);
  }));

Deno.test("sealOf() notices a claim's threshold, direction and wording, and an experiment's title", () =>
  withInput(async (input) => {
    const [claim] = dataDomain.claims;
    const changedContrasts = (change: Partial<Contrast>) =>
      claim!.contrasts.map((one) => ({ ...one, ...change }));
    const changed: readonly Experiment[] = [
      withClaim(dataDomain, { statement: `${claim!.statement}, always` }),
      withClaim(dataDomain, { contrasts: changedContrasts({ direction: "below" }) }),
      withClaim(dataDomain, { contrasts: changedContrasts({ threshold: 0.01 }) }),
      { ...dataDomain, title: "Another title" },
    ];
    const seals = await Promise.all(
      [dataDomain, ...changed].map((one) => sealOf({ ...input, experiments: [one] }, code)),
    );
    assert.equal(new Set(seals).size, 1 + changed.length);
  }));

Deno.test("sealOf() notices what a step's manifest says, of features too, and what is gone from the store", () =>
  withInput(async (input) => {
    const seals = [await sealOf(input, code)];
    for (const kind of ["features", "score"]) {
      const { key } = input.plan.steps.find((step) => step.kind === kind)!;
      await Deno.remove(artifactFolder(input.store, key), { recursive: true });
      seals.push(await sealOf(input, code));
    }
    assert.equal(new Set(seals).size, 3);
  }));

Deno.test("publish() leaves no against.csv beside a page that is written again without the other run", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy: () => 0.5, testImages: 20 });
  const study = input as unknown as Study, by = { command: "c", root };
  const place = { out: `${input.folder}/out`, name: "data-domain-mini" };
  const isThere = () => exists(`${place.out}/against.csv`);
  const against = otherRun("there", await readStudy(input));
  const { fresh } = await publish({ ...study, against }, { ...place, against: true }, by);
  assert.deepEqual([fresh, await isThere()], [false, true]);
  const alone = await publish(study, place, by);
  assert.deepEqual([alone.fresh, await isThere()], [false, false]);
  assert.equal((await publish(study, place, by)).fresh, true);
});
