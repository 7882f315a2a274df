import type { ImageFiles } from "@/lib/data/listing/image_list.ts";
import type { SkippedImage } from "@/lib/data/pack_labels.ts";

/**
 * The names of a split's images in the order of its pack, which has all but those that were skipped.
 *
 * @param options `count`: how many the pack has; `skipped`: those of all splits that it has not.
 * @returns Undefined where a skipped image shares its name with another, so that it is not known which one was left out.
 */
export function imageNames(
  list: ImageFiles,
  { count, skipped }: { readonly count: number; readonly skipped: readonly SkippedImage[] },
): readonly string[] | undefined {
  const names = Array.from({ length: list.length }, (_, i) => list.file(i).path);
  if (names.length === count) return names;
  const left = new Set(skipped.map(({ name }) => name));
  const kept = names.filter((name) => !left.has(name));
  return kept.length === count ? kept : undefined;
}
