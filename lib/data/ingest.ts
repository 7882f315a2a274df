import sharp from "sharp";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import { decodeImage, maximumImageBytes } from "@/lib/data/decode.ts";
import type { WorldSize } from "@/lib/data/facts.ts";
import { type ImageFolder, openImageFolder } from "@/lib/data/image_folder.ts";
import type { LabelledFile, Split } from "@/lib/data/layout.ts";
import { orderedMap } from "@/lib/data/ordered_map.ts";
import { type PackedImage, type SkippedImage, writePack } from "@/lib/data/pack.ts";
import { drawImage, type WorldName, worldTree } from "@/lib/data/worlds/mod.ts";

/** The share of a domain's images that may be broken before ingest gives up. */
export const maximumBrokenShare = 0.01;

/** How a domain is ingested. */
export interface IngestOptions {
  /** Side of the packed images, in pixels. */
  readonly px: number;
  /** How many images a world has; photographs ignore it. */
  readonly world: WorldSize;
  /** An empty folder for the pack. */
  readonly out: string;
  /** Called after each image, with images done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What ingest did. */
export interface Ingested {
  readonly train: number;
  readonly test: number;
  readonly skipped: readonly SkippedImage[];
}

/**
 * Makes the pack of a domain. Photographs are packed in the order of class and file name, whatever their order on disk;
 * a world in the order of its indices. A broken image is skipped and listed.
 *
 * @throws {InputError} If the layout is wrong, or if more than 1 % of the images are broken, naming the first few.
 */
export async function ingest(binding: Binding, options: IngestOptions): Promise<Ingested> {
  if (binding.dataset === "world") return await ingestWorld(binding.world, options);
  using folder = await openImageFolder(binding.path);
  return await ingestFolder(folder, { ...options, place: binding.path });
}

async function ingestFolder(
  folder: ImageFolder,
  options: IngestOptions & { readonly place: string },
): Promise<Ingested> {
  const { px, out, onProgress, place } = options;
  // One thread an image, because many images are in flight at once.
  sharp.concurrency(1);
  const total = folder.train.length + folder.test.length;
  const skipped: SkippedImage[] = [];
  let done = 0;
  async function* decoded(files: readonly LabelledFile[]): AsyncGenerator<PackedImage> {
    const limit = 4 * navigator.hardwareConcurrency;
    const map = (file: LabelledFile) => decodeFile(folder, { file, px });
    for await (const result of orderedMap(files, { limit, map })) {
      if ("reason" in result) {
        skipped.push(result);
        refuseTooMany(skipped, { total, place });
      } else {
        yield result;
      }
      onProgress?.(++done, total);
    }
  }
  const counts = await writePack(out, {
    px,
    hierarchy: folder.hierarchy,
    train: decoded(folder.train),
    test: decoded(folder.test),
    skipped,
  });
  return { ...counts, skipped };
}

async function decodeFile(
  folder: ImageFolder,
  { file: { file, leaf }, px }: { readonly file: LabelledFile; readonly px: number },
): Promise<PackedImage | SkippedImage> {
  const skip = (reason: string): SkippedImage => ({ name: file.path, reason });
  if (file.size === 0) return skip("the file is empty");
  if (file.size > maximumImageBytes) return skip(`the file has ${file.size} bytes`);
  let bytes: Uint8Array;
  try {
    bytes = await folder.read(file);
  } catch (error) {
    return skip(`the file cannot be read: ${messageOf(error)}`);
  }
  try {
    return { image: await decodeImage(bytes, px), leaf };
  } catch {
    // Not the decoder's own words: images in flight share its one message, so that they change from run to run.
    return skip(
      "the image cannot be decoded: it is cut short, damaged, too large or of another kind",
    );
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

async function ingestWorld(world: WorldName, options: IngestOptions): Promise<Ingested> {
  const { px, out, onProgress } = options;
  const { seed, train, test } = options.world;
  let done = 0;
  async function* drawn(split: Split, count: number): AsyncGenerator<PackedImage> {
    for (let index = 0; index < count; index++) {
      const image = new Uint8Array(px * px * 3);
      const leaf = drawImage(world, { seed, split, index, size: px }, image);
      yield { image, leaf };
      onProgress?.(++done, train + test);
      // Drawing never waits for anything, so that timers (heartbeats, displays) would starve.
      if (done % 64 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const counts = await writePack(out, {
    px,
    hierarchy: worldTree(world),
    train: drawn("train", train),
    test: drawn("test", test),
    skipped: [],
  });
  return { ...counts, skipped: [] };
}
