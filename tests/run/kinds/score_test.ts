import assert from "node:assert/strict";
import { levelled } from "@/lib/data/hierarchy.ts";
import type { PackedImage } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { makeStep } from "@/lib/plan/mod.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import { work } from "@/lib/run/kinds/score.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";
import { engine } from "@/tests/run/fixture.ts";

Deno.test("score rolls predictions up a tree of unequal depths, level by level", () =>
  inTempDir(async (dir) => {
    const hierarchy = levelled([
      ["thing", "animal", "dog"],
      ["thing", "animal", "bird", "duck"],
      ["thing", "rock"],
    ]);
    async function* images(leaves: readonly number[]): AsyncGenerator<PackedImage> {
      for (const leaf of leaves) {
        yield await Promise.resolve({ image: new Uint8Array(12), leaf });
      }
    }
    for (const name of ["images", "probe", "out"]) await Deno.mkdir(`${dir}/${name}`);
    const [dog, duck, rock] = [0, 1, 2] as const;
    await writePack(`${dir}/images`, {
      px: 2,
      hierarchy,
      train: images([dog]),
      test: images([dog, duck, rock, duck]),
    });
    await writeArray(`${dir}/probe/predictions.u16`, Uint16Array.from([duck, dog, rock, rock]));
    const levels = ["finest", "depth 2", "depth 1", "depth 0"];
    const info = await work({
      step: makeStep(
        { kind: "score", spec: { levels }, needs: { probe: "p", images: "i" } },
        "score",
      ),
      inputs: { images: `${dir}/images`, probe: `${dir}/probe` },
      out: `${dir}/out`,
      saving: { folder: `${dir}/scratch`, identity: "i" },
      binding: null,
      weights: null,
      world: { train: 1, test: 1, seed: 0 },
      engine,
      progress: () => {},
    });
    assert.deepEqual(info, {
      testImages: 4,
      levels: [
        { level: "finest", classes: 3, top1: 0.25 },
        // A rock is no deeper than depth 1 and stands for itself below: as many classes, the same score.
        { level: "depth 2", classes: 3, top1: 0.25 },
        { level: "depth 1", classes: 2, top1: 0.75 },
        { level: "depth 0", classes: 1, top1: 1 },
      ],
    });
    assert.deepEqual([...await Deno.readFile(`${dir}/out/correct-2.u8`)], [1, 1, 1, 0]);
  }));
