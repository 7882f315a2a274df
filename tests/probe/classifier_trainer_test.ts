import assert from "node:assert/strict";
import { classifierTrainer } from "@/lib/probe/classifier_trainer.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { finetuning, otherWeights, settings } from "@/tests/probe/small_finetuning.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

await loadBackend(underTest);

const quiet = { onStep: () => {} };

Deno.test("classifierTrainer() starts from the given weights and trains every layer", async () => {
  const trainer = classifierTrainer(finetuning);
  const still = await trainer.train(finetuning.train, { ...quiet, learningRate: 0 });
  const moved = await trainer.train(finetuning.train, { ...quiet, learningRate: 0.1 });
  trainer.dispose();
  for (const [name, given] of Object.entries(otherWeights)) {
    const running = name.includes("running_");
    // Running statistics follow the batches at any learning rate.
    assert.equal(still.weights[name]!.every((one, i) => one === given[i]), !running, name);
    assert.notDeepEqual(moved.weights[name], given, name);
  }
  assert.equal(still.weights["fc.weight"]!.length, 8 * 3);
});

Deno.test("classifierTrainer() lengthens the epochs where a few images would make too few steps", () => {
  const trainer = (minimumSteps: number) =>
    classifierTrainer({ ...finetuning, settings: { ...settings, minimumSteps } });
  const steps = (minimumSteps: number) => {
    const one = trainer(minimumSteps);
    const counts = [1, 16, 40, 400].map((count) => one.stepsFor(count));
    one.dispose();
    return counts;
  };
  assert.deepEqual(steps(0), [6, 6, 12, 150]);
  assert.deepEqual(steps(25), [30, 30, 30, 150]);
});

Deno.test("classifierTrainer() makes no more steps than it may, by the whole schedule", async () => {
  const trainer = classifierTrainer(finetuning);
  assert.deepEqual([400, 40, 1].map((count) => trainer.stepsFor(count, 30)), [30, 12, 6]);
  const done: number[] = [];
  const { losses } = await trainer.train(finetuning.train, {
    learningRate: 0.1,
    atMost: 6,
    onStep: (step) => done.push(step),
  });
  trainer.dispose();
  assert.deepEqual(done, [1, 2, 3, 4, 5, 6]);
  assert.equal(losses.length, settings.epochs);
});

Deno.test("classifierTrainer() refuses weights that lack one of the encoder's", () => {
  const { "layer2.0.conv1.weight": _, ...weights } = otherWeights;
  assert.throws(() => classifierTrainer({ ...finetuning, weights }), {
    name: "TypeError",
    message: 'Cannot fine-tune: "layer2.0.conv1.weight" has no values, wanted [3,3,4,8]',
  });
});
