import assert from "node:assert/strict";
import { methodNames, methods } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { objectiveOf } from "@/lib/objective/mod.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

Deno.test("objectiveOf() makes what each method declares, on top of the encoder", async () => {
  const encoder = encoderOf({
    family: "resnet",
    stem: "small",
    block: "basic",
    blocks: [1],
    width: 4,
  });
  for (const name of methodNames) {
    const { recipes: { smoke }, labelled } = methods[name];
    const objective = await objectiveOf(encoder, smoke, { classes: 3, images: 40 });
    assert.equal(objective.labelled, labelled, name);
    const count = encoder.parameters.length;
    assert.deepEqual(objective.parameters.slice(0, count), encoder.parameters, name);
  }
});
