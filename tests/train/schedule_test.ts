import assert from "node:assert/strict";
import { methods } from "@/dsl/mod.ts";
import { courseOf, learningRateAt } from "@/lib/train/schedule.ts";

const schedule = { peak: 0.8, warmupSteps: 4, totalSteps: 12 };
const near = (actual: number, wanted: number) => assert.ok(Math.abs(actual - wanted) < 1e-12);

Deno.test("learningRateAt() rises linearly to the peak", () => {
  near(learningRateAt(0, schedule), 0.2);
  near(learningRateAt(1, schedule), 0.4);
  near(learningRateAt(3, schedule), 0.8);
});

Deno.test("learningRateAt() falls along half a cosine to 0", () => {
  near(learningRateAt(4, schedule), 0.8);
  near(learningRateAt(6, schedule), 0.4 * (1 + Math.SQRT1_2));
  near(learningRateAt(8, schedule), 0.4);
  near(learningRateAt(12, schedule), 0);
});

Deno.test("learningRateAt() starts at the peak without a warm-up, and survives one longer than the training", () => {
  near(learningRateAt(0, { ...schedule, warmupSteps: 0 }), 0.8);
  near(learningRateAt(11, { ...schedule, warmupSteps: 50 }), 0.8);
});

Deno.test("learningRateAt() has SimCLR's rates at the scale paper", () => {
  // 312 steps of 4096 among 1.28 million images, for 100 epochs.
  const { learningRate } = methods.simclr.recipes.paper;
  const full = { peak: learningRate, warmupSteps: 3120, totalSteps: 31_200 };
  const golden = [[0, 0.00153846153846], [1559, 2.4], [3119, 4.8], [17_160, 2.4], [
    31_199,
    1.5016e-8,
  ]];
  for (const [step, rate] of golden as [number, number][]) {
    assert.ok(Math.abs(learningRateAt(step, full) - rate) < 1e-11, `step ${step}`);
  }
});

const recipe = { epochs: 50, minimumSteps: 0, batch: 128, learningRate: 0.5, warmupEpochs: 2 };

Deno.test("courseOf() counts full batches of every pass, and one where the images are fewer", () => {
  assert.deepEqual(courseOf(recipe, 4400), {
    peak: 0.5,
    warmupSteps: 68,
    totalSteps: 1700,
    stepsPerEpoch: 34,
  });
  assert.equal(courseOf(recipe, 220).totalSteps, 50);
  assert.equal(courseOf(recipe, 44).totalSteps, 50);
});

Deno.test("courseOf() lengthens the epochs, and the warm-up with them, until there are the least steps", () => {
  const floored = { ...recipe, minimumSteps: 850 };
  assert.deepEqual(courseOf(floored, 220), {
    peak: 0.5,
    warmupSteps: 34,
    totalSteps: 850,
    stepsPerEpoch: 17,
  });
  assert.equal(courseOf({ ...recipe, minimumSteps: 801 }, 220).totalSteps, 850);
  assert.deepEqual(courseOf(floored, 4400), courseOf(recipe, 4400));
});
