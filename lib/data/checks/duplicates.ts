import {
  addressOf,
  type Content,
  countImages,
  hashAt,
  type ImageAddress,
} from "@/lib/data/checks/content.ts";
import type { DataSet } from "@/lib/data/data_set.ts";

// As many hexadecimal digits of a hash as a double holds exactly.
const keyDigits = 12;

/** Two images or more of one content. */
export type SameImages = readonly ImageAddress[];

/**
 * The groups of images whose files are the same, byte by byte, each in the lists' order. Empty files are none, and rasters
 * of one colour, such as patches of open sea, are equal without being copies.
 */
export async function sameImages(
  data: DataSet,
  { images }: Content,
): Promise<readonly SameImages[]> {
  const total = countImages(data);
  const keys = Float64Array.from(
    { length: total },
    (_, image) => parseInt(hashAt(images, image).slice(0, keyDigits), 16),
  );
  const order = Uint32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const groups: SameImages[] = [];
  for (let start = 0, end = 0; start < total; start = end) {
    while (end < total && keys[order[end]!] === keys[order[start]!]) end++;
    if (end - start < 2) continue;
    const alike = Map.groupBy(order.subarray(start, end), (image) => hashAt(images, image));
    for (const group of alike.values()) {
      if (group.length < 2) continue;
      const addresses = group.map((image) => addressOf(data, image));
      if (!await isPlain(data, addresses[0]!)) groups.push(addresses);
    }
  }
  return groups;
}

async function isPlain(data: DataSet, { split, index }: ImageAddress): Promise<boolean> {
  const { size, tree } = data[split].file(index);
  if (size === 0) return true;
  // Archives hold image files, and reading here and there in one may cost much.
  if (data.trees[tree] !== undefined && data.trees[tree].kind !== "folder") return false;
  try {
    const picture = await data.read(split, index);
    if ("encoded" in picture) return false;
    const { pixels } = picture;
    return pixels.every((value, i) => value === pixels[i % 3]);
  } catch {
    // What cannot be read is no raster; ingest lists it.
    return false;
  }
}
