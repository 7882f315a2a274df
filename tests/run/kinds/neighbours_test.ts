import assert from "node:assert/strict";
import sharp from "sharp";
import { levelled } from "@/lib/data/hierarchy.ts";
import type { PackedImage } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { makeStep } from "@/lib/plan/mod.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import { work } from "@/lib/run/kinds/neighbours.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";
import { engine } from "@/tests/run/fixture.ts";

Deno.test("neighbours shows a query a class, and the nearest training images of each encoder beside it", () =>
  inTempDir(async (dir) => {
    const hierarchy = levelled([["oak"], ["elm"]]);
    async function* images(leaves: readonly number[]): AsyncGenerator<PackedImage> {
      for (const [i, leaf] of leaves.entries()) {
        yield await Promise.resolve({ image: new Uint8Array(12).fill(40 * i), leaf });
      }
    }
    for (const name of ["images", "simclr", "supervised", "out"]) {
      await Deno.mkdir(`${dir}/${name}`);
    }
    await writePack(`${dir}/images`, {
      px: 2,
      hierarchy,
      train: images([0, 0, 1, 1]),
      test: images([0, 1, 1]),
    });
    // By SimCLR every image is nearest to those of its class; by the other encoder to those of the other one.
    const [oak, elm] = [[1, 0.1], [0.1, 1]] as const;
    for (const [name, first, second] of [["simclr", oak, elm], ["supervised", elm, oak]] as const) {
      const train = Float32Array.from([...first, ...first, ...second, ...second]);
      await writeArray(`${dir}/${name}/train.f32`, train);
      await writeArray(`${dir}/${name}/test.f32`, Float32Array.from([...oak, ...elm, ...elm]));
    }
    const { queries } = await work({
      step: makeStep(
        { kind: "neighbours", spec: { queries: 6, neighbours: 2 }, needs: { images: "i" } },
        "near",
      ),
      inputs: {
        images: `${dir}/images`,
        simclr: `${dir}/simclr`,
        supervised: `${dir}/supervised`,
      },
      out: `${dir}/out`,
      saving: { folder: `${dir}/scratch`, identity: "i" },
      binding: null,
      weights: null,
      world: { train: 1, test: 1, seed: 0 },
      engine,
      progress: () => {},
    });
    assert.deepEqual(queries.toSorted((a, b) => a.class < b.class ? -1 : 1), [
      {
        class: "elm",
        found: [
          { method: "simclr", classes: ["elm", "elm"] },
          { method: "supervised", classes: ["oak", "oak"] },
        ],
      },
      {
        class: "oak",
        found: [
          { method: "simclr", classes: ["oak", "oak"] },
          { method: "supervised", classes: ["elm", "elm"] },
        ],
      },
    ]);
    const { width, height } = await sharp(`${dir}/out/neighbours.png`).metadata();
    // The query, and twice a gap and two neighbours; 40 px each.
    assert.deepEqual([width, height], [2 + 7 * 42, 2 + 2 * 42]);
  }));
