import sharp from "sharp";
import type { Corruption } from "@/dsl/mod.ts";
import { corruptImage } from "@/lib/data/corrupt.ts";
import { orderedMap } from "@/lib/data/ordered_map.ts";
import type { Pack, PackedImage } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/pack_writer.ts";

/** Which images are corrupted, and how. */
export interface CorruptPackOptions {
  readonly corruption: Corruption;
  /** The numbers of training images; without them all images of both splits. */
  readonly indices?: Uint32Array;
  /** An empty folder for the new pack. */
  readonly out: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Writes a pack of some of a pack's training images, corrupted, in the order of `indices`, for pretraining alone and so
 * without test images; or of all its images, for probes. Above 96 px a pack keeps JPEG files of high quality, which touch the clean images as well.
 */
export async function corruptPack(
  pack: Pack,
  { corruption, indices, out, onProgress }: CorruptPackOptions,
): Promise<void> {
  const { px, hierarchy } = pack;
  // One thread an image, because many images are in flight at once.
  sharp.concurrency(1);
  const tested = indices === undefined ? pack.test : 0;
  const chosen = { train: indices ?? numbers(pack.train), test: numbers(tested) };
  const total = chosen.train.length + tested;
  let done = 0;
  async function* corrupted(name: "train" | "test"): AsyncGenerator<PackedImage> {
    const { labels, read } = pack.split(name);
    // Noise is drawn by the image's number; those of the test split come after the others.
    const first = name === "train" ? 0 : pack.train;
    const map = async (number: number): Promise<PackedImage> => ({
      image: await corruptImage(await read([number]), corruption, { px, image: first + number }),
      leaf: labels[number]!,
    });
    const limit = 4 * navigator.hardwareConcurrency;
    for await (const one of orderedMap(chosen[name], { limit, map })) {
      yield one;
      onProgress(++done, total);
      // Some corruptions wait for nothing, so that timers would starve.
      if (done % 64 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
  await writePack(out, { px, hierarchy, train: corrupted("train"), test: corrupted("test") });
}

/** 0, 1, 2 and so on. */
function numbers(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}
