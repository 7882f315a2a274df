import sharp from "sharp";
import type { Corruption } from "@/dsl/mod.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { corruptImage } from "@/lib/data/corruptions/corrupt.ts";
import type { Split } from "@/lib/data/data_set.ts";
import type { Pack, PackedImage, PackedSplit } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { bySplit } from "@/lib/data/pretraining_images.ts";

/** Which images are corrupted, and how. */
export interface CorruptPackOptions {
  readonly corruption: Corruption;
  /** The numbers of images that may be pretrained on; without them all training and test images. */
  readonly indices?: Uint32Array;
  /** Without numbers: the test images alone. */
  readonly split?: "test";
  /** An empty folder for the new pack. */
  readonly out: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Writes a pack of some of the images of a pack that may be pretrained on, corrupted, each split in the order of `indices`,
 * for pretraining alone and so without test images; or of all images with labels, or of the test images, for probes. Above 96 px a pack keeps
 * JPEG files of high quality, which touch the clean images as well.
 *
 * @returns The numbers, in the old pack, of the new pack's images that may be pretrained on, in their order there.
 */
export async function corruptPack(
  pack: Pack,
  { corruption, indices, split, out, onProgress }: CorruptPackOptions,
): Promise<Uint32Array> {
  const { px, hierarchy } = pack;
  // One thread an image, because many images are in flight at once.
  sharp.concurrency(1);
  const numbers = indices ?? upTo(split === "test" ? 0 : pack.train);
  const parts = bySplit(pack, numbers);
  const [train, unlabelled] = parts.map((part) => part.indices) as [Uint32Array, Uint32Array];
  const chosen = { train, test: upTo(indices === undefined ? pack.test : 0), unlabelled };
  const total = numbers.length + chosen.test.length;
  // Noise is drawn by the image's number; those of the test split come after the others.
  const first = { train: 0, unlabelled: pack.train, test: pack.train + pack.unlabelled };
  let done = 0;
  async function* corrupted(name: Split): AsyncGenerator<PackedImage> {
    const { labels, read } = pack.split(name) as PackedSplit;
    const map = async (index: number): Promise<PackedImage> => {
      const image = first[name] + index;
      return {
        image: await corruptImage(await read([index]), corruption, { px, image }),
        leaf: labels?.[index] ?? null,
      };
    };
    const limit = 4 * navigator.hardwareConcurrency;
    for await (const one of orderedMap(chosen[name], { limit, map })) {
      yield one;
      onProgress(++done, total);
      // Some corruptions wait for nothing, so that timers would starve.
      if (done % 64 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
  await writePack(out, {
    px,
    hierarchy,
    train: corrupted("train"),
    test: corrupted("test"),
    ...unlabelled.length > 0 && { unlabelled: corrupted("unlabelled") },
  });
  return Uint32Array.from(parts.flatMap(({ places }) => [...places]), (place) => numbers[place]!);
}

/** 0, 1, 2 and so on. */
function upTo(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}
