import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { imagenetClasses } from "@/lib/data/adapters/imagenet_classes.ts";
import { validationClasses } from "@/lib/data/adapters/imagenet_truth.ts";
import { dataSetOfFiles } from "@/lib/data/data_set.ts";
import { type FileTree, openTree } from "@/lib/data/file_tree.ts";
import { isImage, type SourceFile } from "@/lib/data/source_file.ts";
import { walkTar } from "@/lib/data/tar_files.ts";

/**
 * ImageNet as ILSVRC-2012 publishes it. `train` is a folder of class folders (`n01440764/…JPEG`), a folder of the classes'
 * tars (`n01440764.tar`), or the one tar of those. `validation` is a folder or tar of class folders, or of the flat
 * `ILSVRC2012_val_00000001.JPEG` …; the flat form needs `ground_truth`: a WordNet id a line, or the development kit's
 * numbers of 1 to 1000 with, in `synsets`, the WordNet ids in the order of its ILSVRC2012_ID. The validation set is the
 * test set.
 */
export const imagenet = adapter({
  schema: z.strictObject({
    dataset: z.literal("imagenet"),
    train: z.string().min(1),
    validation: z.string().min(1),
    ground_truth: z.string().min(1).optional(),
    synsets: z.string().min(1).optional(),
  }),
  paths: { train: "tree", validation: "tree", ground_truth: "file", synsets: "file" },
  async open({ train, validation, ground_truth, synsets }) {
    const { hierarchy, numbers } = await imagenetClasses();
    const lists = classLists(hierarchy, { train, test: validation });
    const trees: FileTree[] = [openTree(train), openTree(validation)];
    const classOf = (id: string, place: string): number => {
      const number = numbers.get(id);
      if (number !== undefined) return number;
      throw new InputError(
        place,
        `${id} is none of the 1,000 classes of ILSVRC-2012`,
        "Remove it, or bind the folder as an image-folder",
      );
    };
    const addFolders = (split: "train" | "test", file: SourceFile, tree: number): boolean => {
      const id = file.path.match(/(?:^|\/)(n\d{8})\/[^/]+$/)?.[1];
      if (id === undefined || !isImage(file.path)) return false;
      lists.add(split, { ...file, tree }, classOf(id, `${trees[tree]!.path}: ${file.path}`));
      return true;
    };

    try {
      for await (const file of trees[0]!.walk()) {
        const id = file.path.match(/(?:^|\/)(n\d{8})\.tar$/)?.[1];
        if (id === undefined) {
          addFolders("train", file, 0);
          continue;
        }
        const number = classOf(id, `${train}: ${file.path}`);
        const { tree, files } = await innerTar(trees, file);
        for await (const image of files) {
          if (isImage(image.path)) {
            lists.add("train", { ...image, path: `${id}/${image.path}`, tree }, number);
          }
        }
      }
      const flat = new Map<number, SourceFile>();
      for await (const file of trees[1]!.walk()) {
        if (addFolders("test", file, 1)) continue;
        const number = file.path.match(/ILSVRC2012_val_(\d{8})\.JPEG$/i)?.[1];
        if (number !== undefined) flat.set(Number(number), file);
      }
      if (flat.size > 0) {
        const truth = await validationClasses({ ground_truth, synsets, classOf, validation });
        for (const [number, file] of flat) {
          const found = truth[number - 1];
          if (found === undefined) {
            throw new InputError(
              ground_truth!,
              `it has ${truth.length} lines, and there is an image ${file.path}`,
              "Use the ground truth of all 50,000 validation images",
            );
          }
          lists.add("test", { ...file, tree: 1 }, found);
        }
      }
      const order = trees.some(({ kind }) => kind === "compressed") ? "place" : "class";
      const otherFiles = [ground_truth, synsets].filter((path) => path !== undefined);
      return dataSetOfFiles({ ...lists.finish(order), trees, otherFiles });
    } catch (error) {
      for (const tree of trees) tree[Symbol.dispose]();
      throw error;
    }
  },
});

/** The files of a class's tar in the training folder or tar, and the tree by which they are read. */
async function innerTar(trees: FileTree[], file: SourceFile) {
  const outer = trees[0]!;
  if (outer.kind === "folder") {
    const tree = openTree(`${outer.path}/${file.path}`);
    return { tree: trees.push(tree) - 1, files: tree.walk() };
  }
  if (outer.kind === "compressed") {
    throw new InputError(outer.path, "it holds tars and is compressed", "Unpack it once");
  }
  // Collected, because the walk of the outer tar waits meanwhile.
  const files = await Array.fromAsync(walkTar(outer.path, file));
  return { tree: 0, files };
}
