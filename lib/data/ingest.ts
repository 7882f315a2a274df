import sharp from "sharp";
import { InputError } from "@/lib/base/errors.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import type { WorldSize } from "@/lib/data/adapters/adapter.ts";
import { type Binding, openDataSet } from "@/lib/data/adapters/mod.ts";
import { type DataSet, type Split, splits } from "@/lib/data/data_set.ts";
import type { SkippedImage } from "@/lib/data/pack_labels.ts";
import { storedImage } from "@/lib/data/packing/pack_form.ts";
import { openPackWriter, type PackCounts } from "@/lib/data/packing/pack_writer.ts";
import { takeUp, type Unfinished } from "@/lib/data/packing/unfinished.ts";
import { decodeAt } from "@/lib/data/pictures.ts";

/** The share of a domain's images that may be broken before ingest gives up. */
const maximumBrokenShare = 0.01;

/** How a domain is ingested. */
export interface IngestOptions {
  /** Side of the packed images, in pixels. */
  readonly px: number;
  /** How many images a world has; data sets on disk ignore it. */
  readonly world: WorldSize;
  /** An empty folder for the pack. */
  readonly out: string;
  /** Where packs under way lie, on the same disk: an ingest goes on from one that was ended. */
  readonly unfinished?: Unfinished;
  /** Called after each image, with images done and in all; first of all, where it goes on, with those done before. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What ingest did. */
export interface Ingested extends PackCounts {
  readonly skipped: readonly SkippedImage[];
}

/**
 * Makes the pack of a domain: the pictures of a data set in the order of class and file name, whatever their order on disk
 * (in the archives' order where those are compressed); a world's in the order of its indices. A broken image is skipped
 * and listed.
 *
 * @throws {InputError} If the layout is wrong, or if more than 1 % of the images are broken, naming the first few.
 */
export async function ingest(binding: Binding, options: IngestOptions): Promise<Ingested> {
  const { px, out, unfinished, onProgress } = options;
  using data = await openDataSet(binding, options.world);
  // One thread an image, because many images are in flight at once.
  sharp.concurrency(1);
  const total = splits.reduce((sum, split) => sum + data[split].length, 0);
  const folder = unfinished === undefined ? out : await takeUp(unfinished);
  const writer = await openPackWriter(folder, {
    px,
    hierarchy: data.hierarchy,
    unlabelled: data.unlabelled.length > 0,
    ...unfinished && { identity: unfinished.identity },
  });
  try {
    let done = splits.reduce((sum, split) => sum + writer.offered[split], 0);
    if (done > 0) onProgress?.(done, total);
    for (const split of splits) {
      const map = (index: number) => pictureOf(split, index);
      const left = numbers(writer.offered[split], data[split].length);
      for await (
        const picture of orderedMap(left, { limit: 4 * navigator.hardwareConcurrency, map })
      ) {
        await writer.add(split, picture);
        if ("reason" in picture) {
          refuseTooMany(writer.skipped, { total, place: placeOf(data) ?? binding.dataset });
        }
        onProgress?.(++done, total);
        // Drawing never waits for anything, so that timers (heartbeats, displays) would starve.
        if (done % 64 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    }
    const counts = await writer.finish();
    if (folder !== out) await moveFiles(folder, out);
    return { ...counts, skipped: writer.skipped };
  } finally {
    writer.close();
  }

  async function pictureOf(split: Split, index: number) {
    const picture = await decodeAt(data, { split, index, px });
    if ("reason" in picture) return picture;
    return { ...picture, image: await storedImage(picture.image, px) };
  }
}

/** The first of the files and folders that a data set is read from. */
function placeOf({ trees, otherFiles }: DataSet): string | undefined {
  return [...trees.map(({ path }) => path), ...otherFiles][0];
}

function* numbers(from: number, to: number): Generator<number> {
  for (let i = from; i < to; i++) yield i;
}

async function moveFiles(from: string, to: string): Promise<void> {
  for await (const { name } of Deno.readDir(from)) {
    await Deno.rename(`${from}/${name}`, `${to}/${name}`);
  }
}

function refuseTooMany(
  skipped: readonly SkippedImage[],
  { total, place }: { readonly total: number; readonly place: string },
): void {
  if (skipped.length <= maximumBrokenShare * total) return;
  const first = skipped.slice(0, 5).map(({ name, reason }) => `${name} (${reason})`).join(", ");
  throw new InputError(
    place,
    `more than ${
      100 * maximumBrokenShare
    } % of the ${total} images are broken, the first being ${first}`,
    "Replace or remove the broken images",
  );
}
