import { messageOf } from "@/lib/base/errors.ts";
import { isLimit } from "@/lib/base/system_errors.ts";
import { openDataSet } from "@/lib/data/adapters/mod.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import type { DataSet, Split, StoredPicture } from "@/lib/data/data_set.ts";
import { decodeImage, maximumImageBytes, whyBroken } from "@/lib/data/decode.ts";
import type { WorldSize } from "@/lib/data/facts.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";
import type { PackedImage, SkippedImage } from "@/lib/data/pack.ts";
import { drawImage, type WorldName, worldTree } from "@/lib/data/worlds/mod.ts";

/** Why there is no picture in a file without a byte. */
export const emptyReason = "the file is empty";

/** The pictures of a domain, whatever they are made from, in the order of its list. */
export interface Pictures extends Disposable {
  readonly hierarchy: Hierarchy;
  readonly train: number;
  readonly test: number;
  readonly unlabelled: number;
  /** Where they come from, for messages. */
  readonly source: string;
  /** How many calls are worth having in flight. */
  readonly inFlight: number;
  /** A picture at a size, RGB of 0 to 255, `[px, px, 3]`; or why there is none. */
  at(split: Split, index: number, px: number): Promise<PackedImage | SkippedImage>;
}

/**
 * Opens the pictures of a domain.
 *
 * @param world How many images a world has, and its seed; ignored for pictures on disk.
 * @throws {InputError} If a data set is not of the form that its binding says.
 */
export async function openPictures(binding: Binding, world: WorldSize): Promise<Pictures> {
  if (binding.dataset === "world") return worldPictures(binding.world, world);
  const data = await openDataSet(binding);
  const [place] = [...data.trees.map(({ path }) => path), ...data.otherFiles];
  return {
    hierarchy: data.hierarchy,
    train: data.train.length,
    test: data.test.length,
    unlabelled: data.unlabelled.length,
    source: place ?? binding.dataset,
    inFlight: 4 * navigator.hardwareConcurrency,
    at: (split, index, px) => decodeAt(data, { split, index, px }),
    [Symbol.dispose]: () => data[Symbol.dispose](),
  };
}

function worldPictures(world: WorldName, { seed, train, test }: WorldSize): Pictures {
  return {
    hierarchy: worldTree(world),
    train,
    test,
    unlabelled: 0,
    source: `the world ${world}`,
    // Drawing is work of this thread.
    inFlight: 1,
    at(split, index, px) {
      const image = new Uint8Array(px * px * 3);
      const leaf = drawImage(world, { seed, split, index, size: px }, image);
      return Promise.resolve({ image, leaf });
    },
    [Symbol.dispose]() {},
  };
}

/** A picture of a data set at a size; or why there is none. */
export async function decodeAt(
  data: DataSet,
  { split, index, px }: { readonly split: Split; readonly index: number; readonly px: number },
): Promise<PackedImage | SkippedImage> {
  const { path: name, size } = data[split].file(index);
  if (size === 0) return { name, reason: emptyReason };
  if (size > maximumImageBytes) return { name, reason: `the file has ${size} bytes` };
  let picture: StoredPicture;
  try {
    picture = await data.read(split, index);
  } catch (error) {
    // Nothing is wrong with the image where the machine's limits are reached.
    if (isLimit(error)) throw error;
    return { name, reason: `the file cannot be read: ${messageOf(error)}` };
  }
  try {
    const leaf = split === "unlabelled" ? null : data[split].leaves[index]!;
    return { image: await decodeImage(picture, px), leaf };
  } catch (error) {
    if ("pixels" in picture) throw error;
    return { name, reason: await whyBroken(picture.encoded) };
  }
}
