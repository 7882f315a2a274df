import { smallViews, twoViews } from "@/dsl/augmentations.ts";
import { methods } from "@/dsl/mod.ts";
import { ingest } from "@/lib/data/ingest.ts";
import { readPack } from "@/lib/data/pack.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";

/**
 * Trains ResNet-18 on pictures of 224 px that are read and decoded batch by batch, and prints the share of the time in
 * which a step waited for its images.
 */
export async function benchFeed(
  { images, threads }: { readonly images: number; readonly threads: number },
): Promise<void> {
  const px = 224;
  const out = await Deno.makeTempDir();
  try {
    const world = { train: images, test: 0, seed: 1 };
    await ingest({ dataset: "world", world: "objects" }, { px, world, out });
    const pack = await readPack(out);
    await loadBackend({ threads });
    for (const precision of ["float32", "bfloat16"] as const) {
      const { viewsPerSecond, dataWait } = await pretrain({
        network: {
          family: "resnet",
          stem: "large",
          block: "basic",
          blocks: [2, 2, 2, 2],
          width: 64,
        },
        training: {
          ...methods.simclr.recipes.small,
          precision,
          epochs: 1,
          warmupEpochs: 0,
          batch: 16,
          views: twoViews({ ...smallViews, pixels: px }),
        },
        parts: [{
          split: pack.split("train"),
          subset: Uint32Array.from({ length: images }, (_, i) => i),
          classes: pack.hierarchy.leaves.length,
        }],
        pixels: px,
        seed: 1,
      });
      // deno-lint-ignore no-console -- the result of a benchmark
      console.log(
        `${precision}: ${viewsPerSecond.toFixed(1)} views/s, of the time ${
          (100 * dataWait).toFixed(2)
        } % waiting for images`,
      );
    }
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}
