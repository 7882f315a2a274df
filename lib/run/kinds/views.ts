import { permutation, randomAt } from "@/lib/base/random.ts";
import { readPack } from "@/lib/data/pack.ts";
import { pretrainingImages } from "@/lib/data/pretraining_images.ts";
import { resized } from "@/lib/data/resized.ts";
import { tileSheet } from "@/lib/data/tiles.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";
import { showViews } from "@/lib/train/show_views.ts";

// Side of a shown image, in pixels.
const shown = 48;

/** Draws a few images of a domain that may be pretrained on, and beside each the views that a training makes of it. */
export async function work(job: Job<"views">): Promise<InfoOf<"views">> {
  await startEngine(job.engine);
  const { spec } = job.step;
  const { augmentation, views } = spec;
  const pack = await readPack(job.inputs.images);
  const { count, read } = pretrainingImages(pack);
  const indices = permutation(count, randomAt(0, "views")).slice(0, spec.images);
  const images = await read(indices);
  const made = await showViews(images, { augmentation, indices, views, pixels: pack.px, seed: 1 });
  const at = (all: Uint8Array, i: number, from: number) => {
    const size = from * from * 3;
    return resized(all.subarray(i * size, (i + 1) * size), { from, to: shown });
  };
  const rows = await Promise.all(Array.from(indices, (_, row) =>
    Promise.all([
      at(images, row, pack.px),
      ...Array.from({ length: views }, (_, view) =>
        at(made, view * indices.length + row, augmentation.pixels)),
    ])));
  await writeArray(`${job.out}/views.png`, await tileSheet(rows, { px: shown, palette: true }));
  return { images: indices.length, views };
}
