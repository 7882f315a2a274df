import { InputError } from "@/lib/base/errors.ts";
import type { LabelTable } from "@/lib/data/labels_tsv.ts";
import { checkHierarchy, type Hierarchy } from "@/lib/data/hierarchy.ts";
import { type ImageList, type ImageListBuilder, imageListBuilder } from "@/lib/data/image_list.ts";
import { type LeftOut, leftOutCounter } from "@/lib/data/left_out.ts";
import { isImage, type SourceFile } from "@/lib/data/source_file.ts";

/** An image folder, understood. */
export interface Layout {
  readonly hierarchy: Hierarchy;
  readonly train: ImageList;
  readonly test: ImageList;
  readonly leftOut: LeftOut;
}

/** Reads an image folder's file names one after another, in any order. */
export interface LayoutReader {
  add(file: SourceFile, tree?: number): void;
  /**
   * The file with the labels, beside the split folders or at the top; undefined where there is none.
   *
   * @throws {InputError} If there are two.
   */
  labels(): SourceFile | undefined;
  /**
   * Makes splits and classes of all that was added. Classes are sorted by name (in Unicode form NFC), and those without an
   * image do not count.
   *
   * @param options `labels` is the label tree; without it the folders are the classes of a single level named `class`.
   * @throws {InputError} If an image stands anywhere else, a split is missing, or a class has no line in the labels.
   */
  finish(
    options: { readonly labels: LabelTable | undefined; readonly order: "class" | "place" },
  ): Layout;
}

const remedy =
  "Arrange the images as train/<class>/<file> and test/<class>/<file>, optionally below one top folder";

const splits = { train: "train", test: "test", val: "test" } as const;

/** A reader of one image folder; `place` names it in messages. */
export function imageFolderLayout(place: string): LayoutReader {
  const lists = { train: imageListBuilder(), test: imageListBuilder() };
  const groups = new Map<string, number>();
  const labelFiles: SourceFile[] = [];
  const leftOut = leftOutCounter();
  // Whether there is one top folder shows only at the end, so both readings are followed.
  const flat = reading(0), nested = reading(1);
  let images = 0, isNested = true, top: string | undefined;

  return {
    add(file, tree = 0) {
      if (/^([^/]+\/)?labels\.tsv$/.test(file.path)) labelFiles.push(file);
      if (!isImage(file.path)) {
        leftOut.add(file.path);
        return;
      }
      const parts = file.path.normalize("NFC").split("/");
      images++;
      top ??= parts[0]!;
      isNested &&= parts.length > 3 && parts[0] === top;
      const found = flat.see(file.path, parts) ?? (isNested ? nested.see(file.path, parts) : null);
      if (found === null) return;
      const group = groups.get(found.leaf) ?? groups.size;
      groups.set(found.leaf, group);
      lists[found.split].add({ ...file, tree }, group);
    },
    labels() {
      if (labelFiles.length > 1) {
        throw new InputError(
          place,
          `there are two label files: ${labelFiles.map(({ path }) => path).join(" and ")}`,
          "Keep the one beside the train folder",
        );
      }
      return labelFiles[0];
    },
    finish({ labels, order }) {
      if (images === 0) {
        throw new InputError(place, "there are no images (jpg, jpeg, png, webp)", remedy);
      }
      (isNested ? nested : flat).check(place);
      const names = [...groups.keys()].sort();
      if (labels) checkNamed(names, { labels, place });
      const hierarchy: Hierarchy = {
        levels: labels?.levels ?? ["class"],
        leaves: names.map((name) => ({ name, path: labels?.rows.get(name) ?? [name] })),
      };
      checkHierarchy(hierarchy, labels ? `${place}: labels.tsv` : place);
      const numbers = new Map(names.map((name, i) => [name, i]));
      const leafOfGroup = Uint16Array.from(groups.keys(), (name) => numbers.get(name)!);
      const listOf = (list: ImageListBuilder) => list.finish({ leafOfGroup, order });
      return {
        hierarchy,
        train: listOf(lists.train),
        test: listOf(lists.test),
        leftOut: leftOut.counts(),
      };
    },
  };
}

/** One way to read paths: the split folder is the part of a number. */
function reading(depth: number) {
  const folders = new Set<string>();
  let misplaced: string | undefined;
  return {
    /** The split and class of an image; `null` if it has none. */
    see(path: string, parts: readonly string[]) {
      const [folder, leaf] = parts.slice(depth);
      if (folders.size < 1000) folders.add(parts.length > depth + 1 ? folder! : ".");
      if (parts.length === depth + 3 && folder! in splits) {
        return { split: splits[folder as keyof typeof splits], leaf: leaf! };
      }
      misplaced ??= path;
      return null;
    },
    /** Refuses what does not fit this way. */
    check(place: string): void {
      for (const split of ["train", "test or val"]) {
        if (split.split(" or ").some((name) => folders.has(name))) continue;
        const found = [...folders].sort().slice(0, 5).join(", ");
        throw new InputError(
          place,
          `there is no folder ${split} with images, only ${found}`,
          remedy,
        );
      }
      if (folders.has("test") && folders.has("val")) {
        throw new InputError(
          place,
          "there is a folder test and a folder val",
          "Remove or rename the one that is not to be tested on",
        );
      }
      if (misplaced !== undefined) {
        throw new InputError(
          place,
          `the image ${misplaced} is in no class of train or test`,
          remedy,
        );
      }
    },
  };
}

function checkNamed(
  names: readonly string[],
  { labels, place }: { readonly labels: LabelTable; readonly place: string },
): void {
  const unknown = names.filter((name) => !labels.rows.has(name));
  if (unknown.length === 0) return;
  throw new InputError(
    `${place}: labels.tsv`,
    `no line for ${unknown.length} class folder(s): ${unknown.slice(0, 5).join(", ")}`,
    "Add a line for each, with the folder's name in the first column, or remove the folder",
  );
}
