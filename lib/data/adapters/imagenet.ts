import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { fromTrees, listOrder } from "@/lib/data/adapters/from_trees.ts";
import { imagenetClasses } from "@/lib/data/adapters/imagenet_classes.ts";
import { validationClasses } from "@/lib/data/adapters/imagenet_truth.ts";
import type { LabelledSplit } from "@/lib/data/data_set.ts";
import { type FileTree, openTree } from "@/lib/data/files/file_tree.ts";
import { isImage, type SourceFile } from "@/lib/data/files/source_file.ts";
import { isCompressed, walkTar } from "@/lib/data/files/tar_files.ts";
import type { ImageFile } from "@/lib/data/listing/image_list.ts";
import { imagesAmong, leftOutCounter } from "@/lib/data/listing/left_out.ts";

/**
 * ImageNet's ILSVRC-2012 as it is published and passed on. `train` is a folder of class folders (`n01440764/…JPEG`, or with
 * `images/` between, as in Tiny ImageNet), a folder of the classes' tars (`n01440764.tar`), the one tar of those, or images
 * whose names say the class (Hugging Face: `n01440764_10026_n01440764.JPEG`, in folders or in `train_images_0.tar.gz` …).
 * `validation` is a folder or tar of the same, or of flat images such as `ILSVRC2012_val_00000001.JPEG`; these need
 * `ground_truth`, in one of the forms that {@linkcode validationClasses} tells apart, and for the development kit's numbers
 * `synsets`, the WordNet ids in the order of its ILSVRC2012_ID. The validation set is the test set.
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
        `${id} is not one of the 1,000 classes of ILSVRC-2012`,
        "Remove it, or bind the folder as an image-folder",
      );
    };
    const trained = new Set<number>();
    const understood: string[] = [];
    return await fromTrees([train, validation], async (trees) => {
      const add = (split: LabelledSplit, file: ImageFile, number: number): void => {
        if (split === "train") trained.add(number);
        lists.add(split, file, number);
      };
      /** Adds an image whose folder or name says its class; says whether it does. */
      const addByPath = (split: LabelledSplit, file: SourceFile, tree: number): boolean => {
        const place = `${trees[tree]!.path}: ${file.path}`;
        const id = idOfPath(file.path, place);
        if (id !== undefined) add(split, { ...file, tree }, classOf(id, place));
        return id !== undefined;
      };
      for await (const file of trees[0]!.walk()) {
        const place = `${train}: ${file.path}`;
        const inner = file.path.match(trainingTar);
        if (inner === null && !isImage(file.path)) {
          leftOut.add(file.path);
          continue;
        }
        const { tree, files } = inner ? await filesOfTar(trees, file) : { tree: 0, files: [file] };
        const images = await Array.fromAsync(imagesAmong(files, leftOut));
        if (images.length === 0) {
          throw new InputError(place, "there is no image in it", "Copy it again, or remove it");
        }
        const id = inner?.[1];
        for (const image of images) {
          // The names in a class's own tar need not say the class.
          if (id) add("train", { ...image, path: `${id}/${image.path}`, tree }, classOf(id, place));
          else if (!addByPath("train", image, tree)) {
            throw new InputError(
              `${trees[tree]!.path}: ${image.path}`,
              "the image is not in a folder named after a WordNet id",
              "Name the folder or tar that holds n01440764 and its like",
            );
          }
        }
      }
      const flat: SourceFile[] = [];
      for await (const file of imagesAmong(trees[1]!.walk(), leftOut)) {
        if (!addByPath("test", file, 1)) flat.push(file);
      }
      if (flat.length > 0) {
        const { classes, readAs } = await validationClasses({
          ground_truth,
          synsets,
          validation,
          images: flat.map(({ path }) => path),
          ids: [...numbers.keys()],
          classOf,
          isTrained: (number) => trained.has(number),
        });
        flat.forEach((file, i) => lists.add("test", { ...file, tree: 1 }, classes[i]!));
        understood.push(readAs);
      }
      const { found } = lists.finish(listOrder(trees));
      const otherFiles = [ground_truth, synsets].filter((path) => path !== undefined);
      return { ...found, otherFiles, leftOut: leftOut.counts(), readAs: understood };
    });
  },
});

/** A class's tar, or one of Hugging Face's tars of all classes. */
const trainingTar = /(?:^|\/)(?:(n\d{8})\.tar|train_images_\d+\.tar\.gz)$/;

/** The WordNet id of an image by its folder, or else by its name: `n01440764_10026.JPEG`, or an id at the name's end. */
function idOfPath(path: string, place: string): string | undefined {
  const folder = path.match(/(?:^|\/)(n\d{8})\/(?:images\/)?[^/]+$/)?.[1];
  if (folder !== undefined) return folder;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const [id, other] = new Set(
    [name.match(/^(n\d{8})_/)?.[1], name.match(/_(n\d{8})\.[^.]+$/)?.[1]].filter(Boolean),
  );
  if (other === undefined) return id;
  throw new InputError(
    place,
    `its name has the WordNet ids ${id} and ${other}`,
    "Rename the image",
  );
}

/** The files of a tar of training images in the training folder or tar, and the number of the tree by which they are read. */
async function filesOfTar(trees: FileTree[], file: SourceFile) {
  const outer = trees[0]!;
  if (outer.kind === "compressed") {
    throw new InputError(outer.path, "it is compressed and holds tars", "Unpack it once");
  }
  // Collected, because the walk of the outer tar waits meanwhile.
  if (outer.kind === "tar" && !isCompressed(file.path)) {
    return { tree: 0, files: await Array.fromAsync(walkTar(outer.path, file)) };
  }
  if (outer.kind === "tar") {
    throw new InputError(outer.path, "it holds compressed tars", "Unpack it once");
  }
  const tree = openTree(`${outer.path}/${file.path}`);
  const number = trees.push(tree) - 1;
  return { tree: number, files: await Array.fromAsync(tree.walk()) };
}
