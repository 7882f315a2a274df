import {
  addressOf,
  type Content,
  countImages,
  hashAt,
  type ImageAddress,
} from "@/lib/data/content.ts";
import type { DataSet } from "@/lib/data/data_set.ts";

// As many hexadecimal digits of a hash as a double holds exactly.
const keyDigits = 12;

/** Two images or more of one content. */
export type SameImages = readonly ImageAddress[];

/** The groups of images whose files are the same, byte by byte, each in the lists' order. Empty files count as none. */
export function sameImages(
  data: DataSet,
  { images }: Content,
): readonly SameImages[] {
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
      const { split, index } = addresses[0]!;
      if (data[split].file(index).size > 0) groups.push(addresses);
    }
  }
  return groups;
}
