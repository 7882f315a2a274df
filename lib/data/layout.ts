import { InputError } from "@/lib/base/errors.ts";
import type { LabelTable } from "@/lib/data/labels_tsv.ts";
import { checkHierarchy, type Hierarchy } from "@/lib/data/hierarchy.ts";
import { isImage, type SourceFile } from "@/lib/data/source_file.ts";

/** The two parts of every domain. */
export type Split = "train" | "test";

/** An image of the layout, with its label. */
export interface LabelledFile {
  readonly file: SourceFile;
  /** The index of its class among the hierarchy's leaves. */
  readonly leaf: number;
}

/** An image folder, understood. */
export interface Layout {
  readonly hierarchy: Hierarchy;
  /** Sorted by class and file name, whatever the order on disk. */
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[];
}

const remedy =
  "Arrange the images as train/<class>/<file> and test/<class>/<file>, optionally below one top folder";

/**
 * The file with the labels, beside the split folders or at the top; undefined where there is none.
 *
 * @throws {InputError} If there are two.
 */
export function findLabels(files: readonly SourceFile[], place: string): SourceFile | undefined {
  const found = files.filter(({ path }) => /^([^/]+\/)?labels\.tsv$/.test(path));
  if (found.length > 1) {
    throw new InputError(
      place,
      `there are two label files: ${found.map(({ path }) => path).join(" and ")}`,
      "Keep the one beside the train folder",
    );
  }
  return found[0];
}

/**
 * Finds splits and classes in a list of files. Classes are sorted by name (in Unicode form NFC), and those without an
 * image do not count.
 *
 * @param labels The label tree; without it the folders are the classes of a single level named `class`.
 * @throws {InputError} If an image stands anywhere else, a split is missing, or a class has no line in the labels.
 */
export function layOut(
  files: readonly SourceFile[],
  options: { readonly labels: LabelTable | undefined; readonly place: string },
): Layout {
  const { labels, place } = options;
  const placed = placeImages(files, place);
  const names = [...new Set(placed.map(({ leaf }) => leaf))].sort();
  if (labels) {
    const unknown = names.filter((name) => !labels.rows.has(name));
    if (unknown.length > 0) {
      throw new InputError(
        `${place}: labels.tsv`,
        `no line for ${unknown.length} class folder(s): ${unknown.slice(0, 5).join(", ")}`,
        "Add a line for each, with the folder's name in the first column, or remove the folder",
      );
    }
  }
  const hierarchy: Hierarchy = {
    levels: labels?.levels ?? ["class"],
    leaves: names.map((name) => ({ name, path: labels?.rows.get(name) ?? [name] })),
  };
  checkHierarchy(hierarchy, labels ? `${place}: labels.tsv` : place);
  const numbers = new Map(names.map((name, i) => [name, i]));
  const ofSplit = (split: Split): LabelledFile[] =>
    placed.filter((image) => image.split === split)
      .map(({ file, leaf }) => ({ file, leaf: numbers.get(leaf)! }));
  return { hierarchy, train: ofSplit("train"), test: ofSplit("test") };
}

interface PlacedImage {
  readonly file: SourceFile;
  readonly split: Split;
  readonly leaf: string;
  readonly order: string;
}

/** Every image with its split and class folder, sorted by class and file name. */
function placeImages(files: readonly SourceFile[], place: string): PlacedImage[] {
  const images = files.filter(({ path }) => isImage(path))
    .map((file) => ({ file, parts: file.path.normalize("NFC").split("/") }));
  if (images.length === 0) {
    throw new InputError(place, "there are no images (jpg, jpeg, png, webp)", remedy);
  }
  const top = images[0]!.parts[0];
  const nested = images.every(({ parts }) => parts.length > 3 && parts[0] === top);
  const inside = nested
    ? images.map(({ file, parts }) => ({ file, parts: parts.slice(1) }))
    : images;

  const folders = new Set(inside.map(({ parts }) => parts.length > 1 ? parts[0]! : "."));
  for (const split of ["train", "test or val"]) {
    if (split.split(" or ").some((name) => folders.has(name))) continue;
    const found = [...folders].sort().slice(0, 5).join(", ");
    throw new InputError(place, `there is no folder ${split} with images, only ${found}`, remedy);
  }
  if (folders.has("test") && folders.has("val")) {
    throw new InputError(
      place,
      "there is a folder test and a folder val",
      "Remove or rename the one that is not to be tested on",
    );
  }
  const placed = inside.map(({ file, parts }): PlacedImage => {
    const [folder, leaf, name] = parts;
    const split = folder === "train"
      ? "train"
      : folder === "test" || folder === "val"
      ? "test"
      : "";
    if (split === "" || parts.length !== 3) {
      throw new InputError(place, `the image ${file.path} is in no class of train or test`, remedy);
    }
    return { file, split, leaf: leaf!, order: `${leaf}/${name}` };
  });
  const before = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0;
  return placed.sort((a, b) => before(a.order, b.order) || before(a.file.path, b.file.path));
}
