import { sha256 } from "@/lib/base/sha256.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import type { DataSet, Split } from "@/lib/data/data_set.ts";
import { orderedMap } from "@/lib/data/ordered_map.ts";

/** A test image and a training image that are the same file. */
export interface Duplicate {
  readonly train: string;
  readonly test: string;
}

/** How many test images were compared with every training image, and which are among these. */
export interface Duplicates {
  readonly compared: number;
  readonly of: number;
  readonly pairs: readonly Duplicate[];
}

/**
 * Finds test images that are training images too, byte by byte: only files of equal size are read, for others differ.
 *
 * @param options `bytes`: about how many bytes are read at most; where that is not enough for all sizes, sizes are drawn
 * at random, the same each time.
 */
export async function findDuplicates(
  dataSet: DataSet,
  { bytes, onProgress }: {
    readonly bytes: number;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<Duplicates> {
  const test = bySize(dataSet, "test", () => true);
  const train = bySize(dataSet, "train", (size) => test.has(size));
  const shared = [...train.keys()].sort((a, b) => a - b);
  const chosen = chooseSizes(
    shared,
    bytes,
    (size) => train.get(size)!.length + test.get(size)!.length,
  );
  const left = shared.filter((size) => !chosen.has(size));
  const compared = dataSet.test.length -
    left.reduce((sum, size) => sum + test.get(size)!.length, 0);

  const files = (["test", "train"] as const).flatMap((split) => {
    const groups = split === "test" ? test : train;
    return [...chosen].flatMap((size) => groups.get(size)!).sort((a, b) => a - b)
      .map((index) => ({ split, index }));
  });
  const limit = 4 * navigator.hardwareConcurrency;
  const map = async ({ split, index }: (typeof files)[number]) => ({
    split,
    path: dataSet[split].file(index).path,
    hash: await hashOf(dataSet, split, index),
  });
  const tested = new Map<string, string[]>();
  const pairs: Duplicate[] = [];
  let done = 0;
  for await (const { split, path, hash } of orderedMap(files, { limit, map })) {
    onProgress(++done, files.length);
    // What cannot be read is listed among the broken files.
    if (hash === null) continue;
    if (split === "test") tested.set(hash, [...tested.get(hash) ?? [], path]);
    else pairs.push(...(tested.get(hash) ?? []).map((other) => ({ train: path, test: other })));
  }
  return { compared, of: dataSet.test.length, pairs };
}

/** The numbers of a split's images by the size of their file, for the sizes that are wanted. */
function bySize(
  dataSet: DataSet,
  split: Split,
  wanted: (size: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  const list = dataSet[split];
  for (let index = 0; index < list.length; index++) {
    const { size } = list.file(index);
    if (!wanted(size)) continue;
    const group = groups.get(size);
    if (group === undefined) groups.set(size, [index]);
    else group.push(index);
  }
  return groups;
}

/** Sizes drawn at random until their files have so many bytes; at least one. */
function chooseSizes(
  sizes: readonly number[],
  bytes: number,
  filesOf: (size: number) => number,
): ReadonlySet<number> {
  const chosen = new Set<number>();
  let spent = 0;
  for (const i of permutation(sizes.length, randomAt(0, "sizes to compare"))) {
    if (spent >= bytes) break;
    chosen.add(sizes[i]!);
    spent += sizes[i]! * filesOf(sizes[i]!);
  }
  return chosen;
}

async function hashOf(dataSet: DataSet, split: Split, index: number): Promise<string | null> {
  try {
    const picture = await dataSet.read(split, index);
    if ("encoded" in picture) return sha256(picture.encoded);
    // Rasters of one colour, such as patches of open sea, are equal without being copies.
    const { pixels } = picture;
    return pixels.every((value, i) => value === pixels[i % 3]) ? null : sha256(pixels);
  } catch {
    return null;
  }
}
