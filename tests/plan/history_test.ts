import assert from "node:assert/strict";
import { forecast, makeStep } from "@/lib/plan/mod.ts";

const stepOf = (kind: "features" | "classes", name: string) =>
  kind === "features"
    ? makeStep({ kind, spec: {}, needs: { encoder: name, images: name } }, name)
    : makeStep({ kind, spec: {}, needs: { images: name } }, name);
const steps = [stepOf("features", "a"), stepOf("features", "b"), stepOf("classes", "c")] as const;
const [a, b, c] = steps.map(({ key }) => key) as [string, string, string];
const model = new Map([[a, 100], [b, 200], [c, 5]]);

Deno.test("forecast() is the model's where nothing was worked before", () => {
  const { seconds, experience } = forecast(steps, { model, past: new Map() });
  assert.deepEqual(seconds, model);
  assert.equal(experience, 0);
});

Deno.test("forecast() gives a step its own past, and corrects its kind by it", () => {
  const { seconds, experience } = forecast(steps, { model, past: new Map([[a, 320]]) });
  assert.equal(seconds.get(a), 320);
  // (320 + 10) / (100 + 10) = 3.
  assert.equal(seconds.get(b), 600);
  assert.equal(seconds.get(c), 5, "another kind is not corrected");
  assert.equal(experience, 1);
});

Deno.test("forecast() is moved little by one short step", () => {
  const { seconds } = forecast(
    [...steps, stepOf("classes", "d")],
    {
      model: new Map([...model, [stepOf("classes", "d").key, 5]]),
      past: new Map([[c, 20]]),
    },
  );
  // Four times the model's, which counts as (20 + 10) / (5 + 10) = 2.
  assert.equal(seconds.get(stepOf("classes", "d").key), 10);
});

Deno.test("forecast() takes off what a checkpoint keeps, and corrects the rest by what that took", () => {
  const { seconds } = forecast(steps, {
    ...{ model, past: new Map([[c, 20]]) },
    done: new Map([
      [a, { share: 0.25, seconds: 25 }],
      [b, { share: 0.5, seconds: 210 }],
      [c, { share: 0.5, seconds: 10 }],
    ]),
  });
  assert.equal(seconds.get(a), 75);
  // Half of 200 s took 210, which counts as (210 + 10) / (100 + 10) = 2.
  assert.equal(seconds.get(b), 200);
  assert.equal(seconds.get(c), 10, "of what it took before");
});
