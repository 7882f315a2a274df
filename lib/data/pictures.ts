import { messageOf } from "@/lib/base/errors.ts";
import { isLimit } from "@/lib/base/system_errors.ts";
import type { DataSet, Split, StoredPicture } from "@/lib/data/data_set.ts";
import { decodeImage, maximumImageBytes, whyBroken } from "@/lib/data/files/decode.ts";
import type { PackedImage } from "@/lib/data/pack.ts";
import type { SkippedImage } from "@/lib/data/pack_labels.ts";

/** Why there is no picture in a file without a byte. */
export const emptyReason = "the file is empty";

/** A picture of a data set at a size, RGB of 0 to 255, `[px, px, 3]`; or why there is none. */
export async function decodeAt(
  data: DataSet,
  { split, index, px }: { readonly split: Split; readonly index: number; readonly px: number },
): Promise<PackedImage | SkippedImage> {
  const { path: name, size } = data[split].file(index);
  if (size === 0) return { name, reason: emptyReason };
  if (size > maximumImageBytes) return { name, reason: `the file has ${size} bytes` };
  let picture: StoredPicture;
  try {
    picture = await data.read(split, index, px);
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
