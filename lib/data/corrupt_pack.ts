import sharp from "sharp";
import type { Corruption } from "@/dsl/mod.ts";
import { corruptImage } from "@/lib/data/corrupt.ts";
import { orderedMap } from "@/lib/data/ordered_map.ts";
import type { Pack, PackedImage } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/pack_writer.ts";

/** Which images are corrupted, and how. */
export interface CorruptPackOptions {
  readonly corruption: Corruption;
  /** The numbers of training images. */
  readonly indices: Uint32Array;
  /** An empty folder for the new pack. */
  readonly out: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Writes a pack of some of a pack's training images, corrupted, in the order of `indices`; it has no test image, because
 * probes see clean ones. Above 96 px a pack keeps JPEG files of high quality, which touch the clean images as well.
 */
export async function corruptPack(
  pack: Pack,
  { corruption, indices, out, onProgress }: CorruptPackOptions,
): Promise<void> {
  const { px, hierarchy } = pack;
  // One thread an image, because many images are in flight at once.
  sharp.concurrency(1);
  const { labels, read } = pack.split("train");
  const corrupted = async (image: number): Promise<PackedImage> => ({
    image: await corruptImage(await read([image]), corruption, { px, image }),
    leaf: labels[image]!,
  });
  async function* train(): AsyncGenerator<PackedImage> {
    let done = 0;
    const limit = 4 * navigator.hardwareConcurrency;
    for await (const one of orderedMap(indices, { limit, map: corrupted })) {
      yield one;
      onProgress(++done, indices.length);
      // Some corruptions wait for nothing, so that timers would starve.
      if (done % 64 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
  async function* none(): AsyncGenerator<PackedImage> {}
  await writePack(out, { px, hierarchy, train: train(), test: none() });
}
