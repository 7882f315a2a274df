import { InputError } from "@/lib/base/errors.ts";
import { isImage, type SourceFile } from "@/lib/data/files/source_file.ts";
import { checkHierarchy, type Hierarchy, noLabels } from "@/lib/data/hierarchy.ts";
import {
  type ImageFiles,
  type ImageList,
  type ImageListBuilder,
  imageListBuilder,
} from "@/lib/data/listing/image_list.ts";
import { labelNotes } from "@/lib/data/listing/label_notes.ts";
import { checkLabelled, type LabelTable } from "@/lib/data/listing/labels_tsv.ts";
import { type LeftOut, leftOutCounter, lostClass, noImages } from "@/lib/data/listing/left_out.ts";
import {
  type NamedSplit,
  splitNamed,
  testedOf,
  unusedNote,
} from "@/lib/data/listing/split_names.ts";

/** An image folder, understood. */
export interface Layout {
  readonly hierarchy: Hierarchy;
  readonly train: ImageList;
  readonly test: ImageList;
  readonly unlabelled: ImageFiles;
  readonly leftOut: LeftOut;
  /** Classes that have a folder and no image, sorted. */
  readonly emptyClasses: readonly string[];
  /** What the labels say that may not be meant, a sentence each. */
  readonly readAs: readonly string[];
}

/** Reads an image folder's file names one after another, in any order. */
export interface LayoutReader {
  add(file: SourceFile, tree?: number): void;
  /** Takes note of a folder, which may be a class without an image. */
  addFolder(path: string): void;
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
   * @param options `labels` is the label tree; without it the folders are the classes of a single level named `class`. `tested`
   * says which images are tested on where there are both; by default those of `test`, and those of `val` are not used.
   * @throws {InputError} If an image stands anywhere else, there is none to train on, no image of a class folder is read, or
   * a class has no line in the labels.
   */
  finish(
    options: {
      readonly labels: LabelTable | undefined;
      readonly order: "class" | "place";
      readonly tested?: "test" | "val" | undefined;
    },
  ): Layout;
}

const remedy =
  "Arrange the images as train/<class>/<file> and test/<class>/<file>, optionally below one top folder. Images without a class can be pretrained on: put them into a folder unlabelled";

/** How others call the splits beside {@linkcode splitNamed}, by the names that they have here. */
const spellings = {
  train: /^tr(ai)?n(ing)?[-_ ]?(set|data|images)?$/i,
  "test or val": /^(test(ing)?|val(id(ation)?)?|dev|eval)[-_ ]?(set|data|images)?$/i,
  "unlabelled or unlabeled": /^un[-_ ]?labell?ed[-_ ]?(set|data|images)?$/i,
};

// The group of all images of a split without classes.
const noGroup = 0;

/** A reader of one image folder; `place` names it in messages. */
export function imageFolderLayout(place: string): LayoutReader {
  const lists = {
    train: imageListBuilder(),
    test: imageListBuilder(),
    val: imageListBuilder(),
    unlabelled: imageListBuilder(),
  };
  const groups = new Map<string, number>();
  const namesIn = { train: new Set<string>(), test: new Set<string>(), val: new Set<string>() };
  const classFolders = new Set<string>();
  const folders: string[] = [];
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
      const inFlat = flat.see(file.path, parts);
      const depth = splitNamed(parts[1] ?? "") === "unlabelled" ? 2 : 3;
      isNested &&= inFlat === null && parts.length > depth && parts[0] === top;
      const found = inFlat ?? (isNested ? nested.see(file.path, parts) : null);
      if (found === null) return;
      if (found.split === "unlabelled") return lists.unlabelled.add({ ...file, tree }, noGroup);
      const group = groups.get(found.leaf) ?? groups.size;
      groups.set(found.leaf, group);
      namesIn[found.split].add(found.leaf);
      lists[found.split].add({ ...file, tree }, group);
      classFolders.add(parts.slice(0, -1).join("/"));
    },
    addFolder(path) {
      folders.push(path.normalize("NFC"));
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
    finish({ labels, order, tested: asked }) {
      if (images === 0) throw noImages(place, { leftOut: leftOut.counts(), remedy });
      // Below one top folder, unless that is itself a split's.
      const found = isNested && (nested.hasSplit() || !flat.hasSplit()) ? nested : flat;
      const { tested, unused } = testedOf((split) => lists[split].length > 0, asked);
      const classIn = (folder: string) => found.classIn(folder.split("/"), unused);
      for (const [folder, counts] of leftOut.folders()) {
        const name = classIn(folder);
        if (name === undefined || classFolders.has(folder)) continue;
        throw lostClass(`${place}: ${folder}`, { name, leftOut: counts });
      }
      found.check(place);
      if (asked !== undefined && lists[asked].length === 0) {
        throw new InputError(
          place,
          `there is no folder ${asked} with images`,
          "Leave out tested, or correct it",
        );
      }
      const used = namesIn.train.union(namesIn[tested]);
      const names = [...used].sort();
      const classes = folders.map(classIn);
      const empty = new Set(classes.filter((name) => name !== undefined && !used.has(name)));
      if (labels) checkLabelled(names, labels, `${place}: labels.tsv`);
      const hierarchy: Hierarchy = names.length === 0 ? noLabels : {
        levels: labels?.levels ?? ["class"],
        leaves: names.map((name) => ({ name, path: labels?.rows.get(name) ?? [name] })),
      };
      if (names.length > 0) checkHierarchy(hierarchy, labels ? `${place}: labels.tsv` : place);
      const numbers = new Map(names.map((name, i) => [name, i]));
      const leafOfGroup = Uint16Array.from(groups.keys(), (name) => numbers.get(name) ?? 0);
      const listOf = (list: ImageListBuilder) => list.finish({ leafOfGroup, order });
      return {
        hierarchy,
        train: listOf(lists.train),
        test: listOf(lists[tested]),
        unlabelled: lists.unlabelled.finish({ leafOfGroup: [noGroup], order }),
        leftOut: leftOut.counts(),
        emptyClasses: [...empty].filter((name) => name !== undefined).sort(),
        readAs: [
          ...labels ? labelNotes(names, labels, `${place}: labels.tsv`) : [],
          ...unused === undefined
            ? []
            : [unusedNote(place, { images: lists[unused].length, tested, unused })],
        ],
      };
    },
  };
}

/** What a path says of its image. */
type Seen =
  | { readonly split: Exclude<NamedSplit, "unlabelled">; readonly leaf: string }
  | { readonly split: "unlabelled" };

/** One way to read paths: the split folder is the part of a number. */
function reading(depth: number) {
  const folders = new Set<string>();
  let misplaced: string | undefined, classless: string | undefined;
  return {
    /** The split of an image, and its class if the split has any; `null` if it has no split. */
    see(path: string, parts: readonly string[]): Seen | null {
      const [folder = "", leaf] = parts.slice(depth);
      if (folders.size < 1000) folders.add(parts.length > depth + 1 ? folder : ".");
      const split = splitNamed(folder);
      if (split === "unlabelled" && parts.length > depth + 1) return { split };
      if (split !== undefined && split !== "unlabelled" && parts.length === depth + 3) {
        return { split, leaf: leaf! };
      }
      misplaced ??= path;
      if (split !== undefined && parts.length === depth + 2) classless ??= path;
      return null;
    },
    /** Whether an image stood in a split's folder, at whatever depth. */
    hasSplit: () => [...folders].some((folder) => splitNamed(folder) !== undefined),
    /** The class whose images a folder would hold; undefined if it is no class folder, or one of a split that is not used. */
    classIn(parts: readonly string[], unused: NamedSplit | undefined): string | undefined {
      const split = splitNamed(parts[depth] ?? "");
      const isClass = parts.length === depth + 2 && split !== undefined &&
        split !== "unlabelled" && split !== unused;
      return isClass ? parts[depth + 1] : undefined;
    },
    /** Refuses what does not fit this way. */
    check(place: string): void {
      if (classless !== undefined) {
        throw new InputError(place, `the image ${classless} is in no class folder`, remedy);
      }
      const found = [...folders].sort();
      const named = Map.groupBy(found, splitNamed);
      const isNeeded = !named.has("unlabelled");
      for (const [split, spelling] of Object.entries(spellings)) {
        if (split.split(" or ").some((one) => named.has(splitNamed(one)))) continue;
        const meant = found.find((name) => spelling.test(name));
        if (meant === undefined && (split !== "train" || !isNeeded)) continue;
        const listed = found.slice(0, 5).map((name) => name === "." ? "images in no folder" : name);
        throw new InputError(
          place,
          `there is no folder ${split} with images, only ${listed.join(", ")}`,
          meant === undefined ? remedy : `Rename ${meant} if that is what it holds. ${remedy}`,
        );
      }
      for (const split of ["train", "test", "val"] as const) {
        const [first, second] = named.get(split) ?? [];
        if (second === undefined) continue;
        throw new InputError(
          place,
          `there is a folder ${first} and a folder ${second}`,
          "Put their images into one, or move one to a place outside",
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
