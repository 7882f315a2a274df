import assert from "node:assert/strict";
import sharp from "sharp";
import { readPack } from "@/lib/data/pack.ts";
import { makeStep } from "@/lib/plan/mod.ts";
import { readWords } from "@/lib/run/arrays.ts";
import { artifactFolder } from "@/lib/store/mod.ts";
import { withBench } from "@/tests/run/fixture.ts";

Deno.test("corrupt makes an artifact of the subset's images alone, with their numbers and a sample", () =>
  withBench(async ({ store, plan, ingest, work }) => {
    const subset = plan.steps.find(({ label }) => label === "four")!;
    const spec = { corruption: { kind: "salt-and-pepper", probability: 0.5 } } as const;
    const needs = { images: ingest.key, subset: subset.key };
    const step = makeStep({ kind: "corrupt", spec, needs }, "corrupt");
    const steps = [ingest, subset, step];
    assert.equal((await work({ plan: { ...plan, steps } })).failed.length, 0);

    const [clean, corrupted] = await Promise.all(
      [ingest, step].map(({ key }) => readPack(artifactFolder(store, key))),
    );
    const indices = await readWords(`${artifactFolder(store, step.key)}/indices.u32`);
    assert.deepEqual(indices, await readWords(`${artifactFolder(store, subset.key)}/indices.u32`));
    assert.deepEqual([corrupted!.train, corrupted!.test], [4, 0]);
    const before = await clean!.split("train").read(indices);
    const after = await corrupted!.split("train").read([0, 1, 2, 3]);
    const struck = after.filter((value, i) => value !== before[i]).length / after.length;
    assert.ok(Math.abs(struck - 0.5) < 0.1, `${struck}`);
    const { width, height } = await sharp(`${artifactFolder(store, step.key)}/sample.png`)
      .metadata();
    // Six columns at most, here the four images there are, of 16 px enlarged to 80.
    assert.deepEqual([width, height], [2 + 4 * 82, 2 + 2 * 82]);
  }));
