import { Buffer } from "node:buffer";
import type { SourceFile } from "@/lib/data/files/source_file.ts";

/** A file that holds an image, as an adapter lists it. */
export interface ImageFile extends SourceFile {
  /** The number of the folder or archive that it stands in, in the adapter's order. */
  readonly tree: number;
}

/** Images, kept in columns, so that a million of them take tens of megabytes. */
export interface ImageFiles {
  readonly length: number;
  /** The file of an image. */
  file(index: number): ImageFile;
}

/** The images of one labelled split. */
export interface ImageList extends ImageFiles {
  /** The index of each image's class among the hierarchy's leaves, `[length]`. */
  readonly leaves: Uint16Array;
}

/** Collects images in any order. */
export interface ImageListBuilder {
  readonly length: number;
  /**
   * Adds an image.
   *
   * @param group A number of its class of the adapter's own choice, below 65,536; `finish()` turns it into a leaf.
   */
  add(file: ImageFile, group: number): void;
  /**
   * The list of all that was added.
   *
   * @param options `leafOfGroup` gives the leaf of each group. `order`: `"class"` sorts by leaf and path (in Unicode form
   * NFC), `"place"` by tree and offset, which lets a compressed archive be read in one pass. Where a path stands twice in a
   * tree, the later one counts.
   */
  finish(
    options: { readonly leafOfGroup: ArrayLike<number>; readonly order: "class" | "place" },
  ): ImageList;
}

/** An empty builder. */
export function imageListBuilder(): ImageListBuilder {
  const encoder = new TextEncoder();
  let count = 0, used = 0;
  // Paths in the form NFC, in which they are sorted; those that are spelled otherwise are kept aside as they are.
  const spelled = new Map<number, string>();
  let text = new Uint8Array(1 << 16);
  let ends = new Float64Array(1 << 10);
  let sizes = new Float64Array(1 << 10);
  let offsets = new Float64Array(1 << 10);
  let trees = new Uint16Array(1 << 10);
  let groups = new Uint16Array(1 << 10);

  return {
    get length() {
      return count;
    },
    add({ path, size, offset, tree }, group) {
      const composed = path.normalize("NFC");
      if (composed !== path) spelled.set(count, path);
      const bytes = encoder.encode(composed);
      while (used + bytes.length > text.length) text = grown(text, new Uint8Array(2 * text.length));
      if (count === ends.length) {
        ends = grown(ends, new Float64Array(2 * count));
        sizes = grown(sizes, new Float64Array(2 * count));
        offsets = grown(offsets, new Float64Array(2 * count));
        trees = grown(trees, new Uint16Array(2 * count));
        groups = grown(groups, new Uint16Array(2 * count));
      }
      text.set(bytes, used);
      used += bytes.length;
      ends[count] = used;
      sizes[count] = size;
      offsets[count] = offset;
      trees[count] = tree;
      groups[count] = group;
      count++;
    },
    finish({ leafOfGroup, order }) {
      const all = Buffer.from(text.buffer, 0, used);
      const startOf = (i: number): number => i === 0 ? 0 : ends[i - 1]!;
      const pathOf = (i: number): string =>
        spelled.get(i) ?? all.toString("utf8", startOf(i), ends[i]!);
      const leafOf = (i: number): number => leafOfGroup[groups[i]!]!;
      const byPath = (a: number, b: number): number =>
        all.compare(all, startOf(b), ends[b]!, startOf(a), ends[a]!) ||
        (spelled.size > 0 ? before(pathOf(a), pathOf(b)) : 0);
      const byPlace = (a: number, b: number): number =>
        trees[a]! - trees[b]! || offsets[a]! - offsets[b]!;
      const byClass = (a: number, b: number): number =>
        leafOf(a) - leafOf(b) || byPath(a, b) || byPlace(a, b);
      const classed = Uint32Array.from({ length: count }, (_, i) => i).sort(byClass);
      const latest = classed.filter((image, i) => {
        const next = classed[i + 1];
        return next === undefined || trees[next] !== trees[image] || byPath(image, next) !== 0;
      });
      const sorted = order === "class" ? latest : latest.sort(byPlace);
      return {
        length: sorted.length,
        leaves: Uint16Array.from(sorted, leafOf),
        file(index) {
          if (!(index in sorted)) {
            throw new RangeError(`Cannot find image ${index}: there are ${sorted.length}`);
          }
          const i = sorted[index]!;
          return {
            path: pathOf(i),
            size: sizes[i]!,
            offset: offsets[i]!,
            tree: trees[i]!,
          };
        },
      };
    },
  };
}

/** The larger array with the smaller one's content. */
function grown<T extends Uint8Array | Uint16Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function before(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
