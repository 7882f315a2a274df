import sharp from "sharp";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { type DataSet, decodeAt, type Split, splits, subsetIndices } from "@/lib/data/mod.ts";

/** A file that is no image, and why. */
export interface BrokenFile {
  readonly split: Split;
  readonly path: string;
  readonly reason: string;
}

/** What was decoded, and what could not be. */
export interface Decoded {
  readonly decoded: number;
  readonly of: number;
  readonly broken: readonly BrokenFile[];
}

// Small, so that a JPEG is decoded at an eighth of its size where that suffices; all of its bytes are read all the same.
const px = 32;

/** Where an image stands. */
interface Address {
  readonly split: Split;
  readonly index: number;
}

/**
 * Decodes images and lists those that are broken; all empty files are among them.
 *
 * @param options `sample`: the most images decoded of each split, drawn at random, the same each time.
 */
export async function findBroken(
  dataSet: DataSet,
  { sample, onProgress }: {
    readonly sample: number;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<Decoded> {
  // One thread an image, because many images are in flight at once.
  sharp.concurrency(1);
  const broken: BrokenFile[] = [];
  const map = async ({ split, index }: Address): Promise<BrokenFile | null> => {
    const picture = await decodeAt(dataSet, { split, index, px });
    return "reason" in picture ? { split, path: picture.name, reason: picture.reason } : null;
  };
  const chosen = splits.map((split) => ({ split, indices: choose(dataSet[split], sample) }));
  const total = chosen.reduce((sum, { indices }) => sum + indices.length, 0);
  function* addresses(): Generator<Address> {
    for (const { split, indices } of chosen) for (const index of indices) yield { split, index };
  }
  let done = 0;
  const limit = 4 * navigator.hardwareConcurrency;
  for await (const one of orderedMap(addresses(), { limit, map })) {
    if (one !== null) broken.push(one);
    onProgress(++done, total);
  }
  return {
    decoded: total,
    of: splits.reduce((sum, split) => sum + dataSet[split].length, 0),
    broken,
  };
}

/** The numbers of the images to decode, rising, which is the order in which an archive is read fastest. */
function choose(list: DataSet[Split], sample: number): Uint32Array {
  const { length } = list;
  if (length <= sample) return Uint32Array.from({ length }, (_, i) => i);
  const chosen = new Set(subsetIndices(length, { size: sample, seed: 0 }));
  // An empty file is known as broken without a look inside.
  for (let i = 0; i < length; i++) if (list.file(i).size === 0) chosen.add(i);
  return Uint32Array.from(chosen).sort();
}
