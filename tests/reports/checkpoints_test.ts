import assert from "node:assert/strict";
import {
  architectures,
  checkpoint,
  claim,
  type Condition,
  difference,
  experiment,
  finetune,
  fuse,
  grid,
  linear,
  mean,
  pixels,
  untrained,
} from "@/dsl/mod.ts";
import type { PlanEncoders } from "@/lib/plan/mod.ts";
import { readStudy, rowLines, selectionMistakes } from "@/lib/results/mod.ts";
import { renderStudy } from "@/reports/mod.ts";
import { readTags } from "@/tests/report/markup.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const [dino, mae] = [checkpoint("dino-r50"), checkpoint("mae-b")];

const outside = experiment({
  id: "outside",
  title: "From outside",
  question: "Which encoder to start from?",
  reference: "none",
  trials: grid([dino, mae, pixels(), fuse(dino, pixels())], [linear("species")]),
  claims: [
    claim({
      id: "dino-first",
      statement: "DINO gives more than MAE",
      term: difference(mean({ checkpoint: "dino-r50" }), mean({ checkpoint: "mae-b" })),
    }),
    claim({
      id: "pixels-add-nothing",
      statement: "Pixels add nothing",
      term: difference(
        mean({ checkpoint: "dino-r50" }),
        mean({ checkpoint: "dino-r50", with: { method: "pixels" } }),
      ),
      threshold: -0.01,
    }),
  ],
});

const normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const seen = { pixels: 224, normalisation };
const encoders: PlanEncoders = {
  file: "encoders.yaml",
  names: ["dino-r50", "mae-b"],
  named: new Map([
    ["dino-r50", {
      ...{ ...seen, network: architectures.resnet50, sha256: "d".repeat(64) },
      ...{ source: "a paper", licence: "Apache-2.0" },
    }],
    ["mae-b", { ...seen, network: architectures.vit_base_patch16, sha256: "e".repeat(64) }],
  ]),
};
const accuracy = ({ encoders: [encoder] }: Condition) =>
  encoder!.checkpoint === "dino-r50" ? 0.6 : 0.3;
const options = { accuracy, seeds: 3, testImages: 400, encoders };

Deno.test("the rows of checkpoints have their names, and the networks that their files hold", async () => {
  await using input = await syntheticStudy([outside], options);
  const rows = rowLines(await readStudy(input)).filter(({ seed }) => seed === 1);
  const dinos = "ResNet 3-4-6-3 width 64, bottleneck, large stem";
  assert.deepEqual(
    rows.map((row) => [row.method, row.network, row.pretrain_domain, row.pretrain_images]),
    [
      ["checkpoint", dinos, "dino-r50", 0],
      ["checkpoint", "ViT patch 16 width 768 depth 12 heads 12", "mae-b", 0],
      ["pixels", "16 x 16 pixels", "none", 0],
      ["checkpoint & pixels", `${dinos} & 16 x 16 pixels`, "dino-r50 & none", 0],
    ],
  );
});

Deno.test("the page says of checkpoints where they are from, and judges claims about them", async () => {
  await using input = await syntheticStudy([outside], options);
  const page = await renderStudy(input);
  readTags(page);
  const words = page.replace(/<[^>]*>/g, " ");
  assert.match(
    words,
    /Encoders from outside.*dino-r50: ResNet 3-4-6-3.*images of 224 px.*source a paper; licence Apache-2\.0; SHA-256 of the file d{64}.*mae-b: ViT.*source not given; licence not given/s,
  );
  const verdict = (id: string) =>
    new RegExp(`id="verdict-outside-${id}".*?</tr>`, "s").exec(page)![0].replace(/<[^>]*>/g, " ");
  assert.match(verdict("dino-first"), /✓ *holds/);
  assert.match(verdict("pixels-add-nothing"), /holds|undecided/);
});

Deno.test("the page says of each checkpoint that is fine-tuned at which size it was, in place of the scale's", async () => {
  const tuned = experiment({
    ...{ id: "tuned", title: "Tuned", question: "What does it give?", reference: "none" },
    trials: grid([dino, untrained()], [finetune("species")]),
  });
  await using input = await syntheticStudy([tuned], { ...options, seeds: 1 });
  const words = (await renderStudy(input)).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  assert.match(
    words,
    /fine-tuning of dino-r50 pixels of whole images 224, in place of \d+ views: pixels 224, in place of \d+ tuned/,
  );
  assert.match(words, /px in prediction; encoders from outside see both at their own size/);
});

Deno.test("a claim about checkpoints names which, or is refused", () => {
  const { claims: _, ...others } = outside;
  const mixed = claim({ id: "any", statement: "s", term: mean({ method: "checkpoint" }) });
  const [mistake] = selectionMistakes(
    experiment({ ...others, claims: [mixed] }),
    () => "mine.ts:3",
  );
  assert.equal(
    mistake!.message,
    'mine.ts:3: claim "any": mean() would mix conditions that differ in checkpoint ("dino-r50", "mae-b"). Name one value, list those that are meant, or say checkpoint: each',
  );
});
