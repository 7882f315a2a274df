import assert from "node:assert/strict";
import { domain, linear, scaleOf, simclr, trial } from "@/dsl/mod.ts";
import { expectedBytes, plan } from "@/lib/plan/mod.ts";
import { conditions, domains } from "@/tests/plan/planned.ts";

Deno.test("expectedBytes() counts pixels, features and weights, with a manifest for each step", () => {
  const { steps } = plan(
    conditions([trial(simclr(domain("species")), linear("species"))]),
    domains,
  );
  const sizes = new Map(
    [...domains.values()].map(({ id, trainImages, testImages, unlabelledImages, classes }) => [
      id,
      { trainImages, testImages, unlabelledImages, classes },
    ]),
  );
  const { trainImages, testImages } = domains.get("species")!;
  const { pixels, sizes: words } = scaleOf("mini");
  const bytes = expectedBytes(steps, sizes);
  const of = (kind: string) => bytes.get(steps.find((step) => step.kind === kind)!.key)! - 4000;
  const all = trainImages + testImages;
  assert.equal(of("ingest"), all * pixels ** 2 * 3);
  // Three stages from a width of 16: 64 features of four bytes.
  assert.equal(of("features"), all * 64 * 4);
  assert.equal(of("subset"), 4 * words["1M"]);
  assert.equal(of("probe"), 2 * testImages);
  assert.equal(of("score"), testImages);
  // The file that this network's encoder really has is 316,184 bytes, its header included.
  assert.ok(Math.abs(of("pretrain") / 316_184 - 1) < 0.02, `${of("pretrain")}`);
});
