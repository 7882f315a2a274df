import type { FileTree } from "@/lib/data/files/file_tree.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";
import {
  type ImageFiles,
  type ImageList,
  imageListBuilder,
} from "@/lib/data/listing/image_list.ts";
import type { LeftOut } from "@/lib/data/listing/left_out.ts";

/** The parts that a domain may have: images with labels to train and to test on, and images without, to pretrain on alone. */
export const splits = ["train", "test", "unlabelled"] as const;

/** A part of a domain. */
export type Split = (typeof splits)[number];

/** A part whose images have labels. */
export type LabelledSplit = Exclude<Split, "unlabelled">;

/** A picture as its data set holds it: a file of an image format, or plain RGB of 0 to 255, `[height, width, 3]`. */
export type StoredPicture =
  | { readonly encoded: Uint8Array }
  | { readonly pixels: Uint8Array; readonly width: number; readonly height: number };

/** A data set in its published form, opened: what it holds, and a way to its pictures. No picture was decoded for that. */
export interface DataSet extends Disposable {
  readonly hierarchy: Hierarchy;
  readonly train: ImageList;
  readonly test: ImageList;
  readonly unlabelled: ImageFiles;
  /** The folders and archives that the lists' files stand in, by the number that a file gives. */
  readonly trees: readonly FileTree[];
  /** Absolute paths of the other files that it is read from: what says which label is whose, or all pictures in one. */
  readonly otherFiles: readonly string[];
  /** The files that are not read though they lie where images are expected. */
  readonly leftOut: LeftOut;
  /** Classes that have a folder and no image at all; they are no leaves. */
  readonly emptyClasses?: readonly string[];
  /** How files were understood that could mean several things, a sentence each. */
  readonly readAs?: readonly string[];
  /**
   * Reads a picture. In a compressed archive, going back reads it from its beginning.
   *
   * @param px The side at which it will be shown, in pixels: what is drawn is drawn at it, what is stored comes as it is.
   * @throws {Error} If the file cannot be read.
   */
  read(split: Split, index: number, px?: number): Promise<StoredPicture>;
}

/** The list of a split without an image. */
export const emptyList: ImageList = imageListBuilder().finish({ leafOfGroup: [], order: "class" });

/** All of a data set but the ways to read and close it; images without labels may be left out. */
export type FilesOfDataSet =
  & Omit<DataSet, "read" | "unlabelled" | typeof Symbol.dispose>
  & Partial<Pick<DataSet, "unlabelled">>;

/** A data set whose pictures are files of image formats. */
export function dataSetOfFiles(parts: FilesOfDataSet): DataSet {
  const { trees } = parts;
  const lists = { unlabelled: emptyList, ...parts };
  return {
    ...lists,
    async read(split, index) {
      const file = lists[split].file(index);
      return { encoded: await trees[file.tree]!.read(file) };
    },
    [Symbol.dispose]() {
      for (const tree of trees) tree[Symbol.dispose]();
    },
  };
}
