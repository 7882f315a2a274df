import assert from "node:assert/strict";
import {
  clean,
  finetune,
  fuse,
  jpeg,
  linear,
  pixels,
  testOnly,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { expectedBytes, expectedSeconds, plan } from "@/lib/plan/mod.ts";
import { matches, subjectOf } from "@/lib/results/mod.ts";
import { conditions, domains, stepsOf } from "@/tests/plan/planned.ts";

Deno.test("plan() of bad test images trains on clean ones, and looks at the test images alone once more", () => {
  const seen = conditions([
    trial(fuse(untrained(), pixels()), linear("species")),
    trial(fuse(untrained(), pixels()), linear("species", { images: testOnly(jpeg(10)) })),
  ]);
  const { steps } = plan(seen, domains);
  assert.deepEqual(
    stepsOf("corrupt", steps).map(({ label, spec }) => [label, spec]),
    [["test images of species, jpeg-10", {
      corruption: { kind: "jpeg", quality: 10 },
      split: "test",
    }]],
  );
  const [clean, tested] = stepsOf("probe", steps);
  const labels = new Map(steps.map(({ key, label }) => [key, label]));
  const named = ({ needs }: typeof clean & object) =>
    Object.fromEntries(Object.entries(needs).map(([name, key]) => [name, labels.get(key)]));
  assert.deepEqual(named(tested!), {
    ...named(clean!),
    tested0: "untrained, seed 1: features of species, jpeg-10 when tested",
    tested1: "pixels: features of species, jpeg-10 when tested",
  });
  const [domain] = [domains.get("species")!];
  const sizes = new Map([[domain.id, domain]]);
  const seconds = expectedSeconds(steps, sizes), bytes = expectedBytes(steps, sizes);
  const [all, , few] = stepsOf("features", steps);
  assert.ok(seconds.get(few!.key)! < seconds.get(all!.key)!);
  assert.ok(bytes.get(few!.key)! < bytes.get(all!.key)!);
});

Deno.test("a selection tells bad test images from images that are all bad", () => {
  const bad = testOnly(jpeg(10));
  const [, one, all] = conditions(
    [clean(), bad, jpeg(10)].map((images) => trial(untrained(), linear("species", { images }))),
  ).map((condition) => subjectOf(condition, "finest", null));
  assert.deepEqual([one, all].map((subject) => matches({ images: bad }, subject!)), [true, false]);
  assert.deepEqual([one, all].map((subject) => matches({ images: jpeg(10) }, subject!)), [
    false,
    true,
  ]);
  assert.equal(matches({}, one!), false);
});

Deno.test("testOnly() is of a corruption, and of probes on frozen features alone", () => {
  assert.throws(() => testOnly(clean()), /Give a corruption other than clean\(\)/);
  assert.throws(
    () => finetune("species", { images: testOnly(jpeg(10)) }),
    /images.*a corruption of all its images/s,
  );
});
