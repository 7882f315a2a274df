import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { experiments } from "@/experiments/mod.ts";
import { registrationOf } from "@/lib/results/mod.ts";

Deno.test("registrationOf() lists every claim with its contrasts, thresholds and family", () => {
  const { text } = registrationOf(experiments, []);
  const { claims, families } = JSON.parse(text);
  assert.deepEqual(families.paper, 19);
  assert.equal(families.paper + families.own, claims.length);
  for (const claim of experiments.flatMap((one) => one.claims)) {
    const found = claims.find((one: { id: string }) => one.id === claim.id);
    assert.deepEqual(found.contrasts, JSON.parse(JSON.stringify(claim.contrasts)), claim.id);
  }
});

Deno.test("registrationOf() has another hash for another threshold, statement, check or number of looks", () => {
  const { hash } = registrationOf([dataDomain], []);
  assert.equal(registrationOf([dataDomain], []).hash, hash);
  const [claim, ...others] = dataDomain.claims;
  const changed = [
    { ...claim!, statement: "Else" },
    { ...claim!, means: "mean" as const },
    { ...claim!, checks: [] },
    { ...claim!, contrasts: claim!.contrasts.map((one) => ({ ...one, threshold: 0.01 })) },
  ];
  const hashes = changed.map((one) =>
    registrationOf([{ ...dataDomain, claims: [one, ...others] }], []).hash
  );
  const looked = registrationOf([dataDomain], [2, 3]).hash;
  assert.equal(new Set([hash, looked, ...hashes]).size, 2 + changed.length);
});
