// A step whose work reads no pixel neither hashes nor opens them.
import assert from "node:assert/strict";
import { makeStep, type Step } from "@/lib/plan/mod.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import { artifactFolder, putArtifact, type StepStatus, type Store } from "@/lib/store/mod.ts";
import { code, withBench } from "@/tests/run/fixture.ts";

/** Puts made-up features of the fixture's 12 training and 4 test images, two dimensions each, that tell its classes apart. */
async function putFeatures(store: Store, step: Step): Promise<void> {
  const featuresOf = (each: number) =>
    Float32Array.from({ length: 4 * each }, (_, i) => (i % 2) === Number(i < 2 * each) ? 1 : 0);
  await putArtifact(store, step.key, async (out) => {
    await writeArray(`${out}/train.f32`, featuresOf(6));
    await writeArray(`${out}/test.f32`, featuresOf(2));
    const made = { at: "2026-01-01", seconds: 1, host: "h", machine: {}, command: "c" };
    const info = { dimensions: 2, train: 12, test: 4 };
    return { key: step.key, kind: "features", spec: {}, needs: {}, code: code(step), info, made };
  });
}

Deno.test("steps that read labels alone are worked beside damaged images, and others say what is damaged", () =>
  withBench(async ({ store, plan, ingest, events, work }) => {
    assert.equal((await work({ plan: { ...plan, steps: [ingest] } })).failed.length, 0);
    const [, four, , sheet] = plan.steps as readonly [Step, Step, Step, Step];
    const images = ingest.key;
    const features = makeStep(
      { kind: "features", spec: {}, needs: { images, encoder: "encoder" } },
      "features",
    );
    await putFeatures(store, features);
    const settings = { neighbours: [1], heldOut: 0.25, temperature: 0.1 };
    const probe = makeStep({
      kind: "probe",
      spec: { probe: "knn", settings, seed: 1 },
      needs: { features: [features.key], tested: [], images, subset: four.key },
    }, "probe");
    const score = makeStep(
      { kind: "score", spec: { levels: ["finest"] }, needs: { images, probe: probe.key } },
      "score",
    );
    const classes = makeStep({ kind: "classes", spec: {}, needs: { images } }, "classes");
    const steps = [ingest, features, four, probe, score, classes, sheet];
    const status = new Map(steps.map((step): [string, StepStatus] => {
      const freshness = step === ingest || step === features ? "cached" : "missing";
      return [step.key, { freshness, detail: "" }];
    }));
    const folder = artifactFolder(store, images);

    await Deno.writeFile(`${folder}/train.images`, Uint8Array.of(1));
    await Deno.remove(`${folder}/test.images`);
    const summary = await work({ plan: { ...plan, steps }, status });
    const failures = events.flatMap((event) => event.type === "failed" ? [event.message] : []);
    assert.deepEqual(summary.failed, [sheet], failures.join("\n"));
    assert.equal(summary.worked, 4);
    assert.match(failures[0]!, /^Step sheet: its input images \([0-9a-f]{12}\) is corrupt/);

    await Deno.writeFile(`${folder}/test.labels`, Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0));
    await Deno.remove(artifactFolder(store, classes.key), { recursive: true });
    const again = await work({ plan: { ...plan, steps: [ingest, classes] }, status });
    assert.deepEqual(again.failed, [classes]);
  }));
