import assert from "node:assert/strict";
import { learningRateAt } from "@/lib/train/schedule.ts";

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
