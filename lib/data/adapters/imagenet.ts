import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { imagenetClasses } from "@/lib/data/adapters/imagenet_classes.ts";
import { validationClasses } from "@/lib/data/adapters/imagenet_truth.ts";
import { fromTrees, listOrder } from "@/lib/data/adapters/from_trees.ts";
import type { Split } from "@/lib/data/data_set.ts";
import { type FileTree, openTree } from "@/lib/data/file_tree.ts";
import { imagesAmong, leftOutCounter } from "@/lib/data/left_out.ts";
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
    const leftOut = leftOutCounter();
    const classOf = (id: string, place: string): number => {
      const number = numbers.get(id);
      if (number !== undefined) return number;
      throw new InputError(
        place,
        `${id} is none of the 1,000 classes of ILSVRC-2012`,
        "Remove it, or bind the folder as an image-folder",
      );
    };
    return await fromTrees([train, validation], async (trees) => {
      /** Adds an image that stands in a class folder; says whether it does. */
      const addFromFolder = (split: Split, file: SourceFile, tree: number): boolean => {
        const id = file.path.match(/(?:^|\/)(n\d{8})\/[^/]+$/)?.[1];
        if (id === undefined) return false;
        lists.add(split, { ...file, tree }, classOf(id, `${trees[tree]!.path}: ${file.path}`));
        return true;
      };
      for await (const file of trees[0]!.walk()) {
        const id = file.path.match(/(?:^|\/)(n\d{8})\.tar$/)?.[1];
        if (id === undefined) {
          if (!isImage(file.path)) {
            leftOut.add(file.path);
            continue;
          }
          if (addFromFolder("train", file, 0)) continue;
          throw new InputError(
            `${train}: ${file.path}`,
            "the image stands in no folder of a WordNet id",
            "Name the folder or tar that holds n01440764 and its like",
          );
        }
        const place = `${train}: ${file.path}`;
        const number = classOf(id, place);
        const { tree, files } = await filesOfClass(trees, file);
        const images = await Array.fromAsync(imagesAmong(files, leftOut));
        if (images.length === 0) {
          throw new InputError(place, "there is no image in it", "Copy it again, or remove it");
        }
        for (const image of images) {
          lists.add("train", { ...image, path: `${id}/${image.path}`, tree }, number);
        }
      }
      const flat = new Map<number, SourceFile>();
      for await (const file of imagesAmong(trees[1]!.walk(), leftOut)) {
        if (addFromFolder("test", file, 1)) continue;
        const number = file.path.match(/ILSVRC2012_val_(\d{8})\.JPEG$/i)?.[1];
        if (number === undefined) {
          throw new InputError(
            `${validation}: ${file.path}`,
            "the image stands in no folder of a WordNet id, and its name has no number",
            "Keep the names ILSVRC2012_val_00000001.JPEG and on, or sort the images into folders",
          );
        }
        flat.set(Number(number), file);
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
      const { found } = lists.finish(listOrder(trees));
      const otherFiles = [ground_truth, synsets].filter((path) => path !== undefined);
      return { ...found, otherFiles, leftOut: leftOut.counts() };
    });
  },
});

/** The files of a class's tar in the training folder or tar, and the number of the tree by which they are read. */
async function filesOfClass(trees: FileTree[], file: SourceFile) {
  const outer = trees[0]!;
  if (outer.kind === "compressed") {
    throw new InputError(outer.path, "it holds tars and is compressed", "Unpack it once");
  }
  // Collected, because the walk of the outer tar waits meanwhile.
  if (outer.kind === "tar") {
    return { tree: 0, files: await Array.fromAsync(walkTar(outer.path, file)) };
  }
  const tree = openTree(`${outer.path}/${file.path}`);
  const number = trees.push(tree) - 1;
  return { tree: number, files: await Array.fromAsync(tree.walk()) };
}
