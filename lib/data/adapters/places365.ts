import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { fromTrees, listOrder } from "@/lib/data/adapters/from_trees.ts";
import { findLists, readCategories, readList } from "@/lib/data/adapters/places365_lists.ts";
import { sceneParents } from "@/lib/data/adapters/places365_scenes.ts";
import { imagesAmong, leftOutCounter } from "@/lib/data/listing/left_out.ts";

/**
 * Places365-Standard as published: `train` holds folders such as `a/abbey` (`data_256`, `data_large_standard` and the like),
 * or `abbey` in the easy format, `val` holds `Places365_val_00000001.jpg` …, each a folder or tar, and `lists` is the folder of
 * the development kit's file lists (`categories_places365.txt`, `places365_train_standard.txt`, `places365_val.txt`) or one
 * that holds it. The validation set is the test set. `hierarchy` is the published csv of the scene hierarchy (3 and 16
 * classes); without it the scenes are indoor or outdoor.
 */
export const places365 = adapter({
  schema: z.strictObject({
    dataset: z.literal("places365"),
    train: z.string().min(1),
    val: z.string().min(1),
    lists: z.string().min(1),
    hierarchy: z.string().min(1).optional(),
  }),
  paths: { train: "tree", val: "tree", lists: "folder", hierarchy: "file" },
  async open({ train, val, lists: folder, hierarchy: csv }) {
    const { categories: categoryFile, train: trainFile, val: valFile } = await findLists(folder);
    const names = await readCategories(categoryFile);
    const { levels, parents } = await sceneParents(csv);
    const leaves = names.map((name) => {
      const above = parents.get(name);
      if (above === undefined) {
        throw new InputError(
          csv ?? categoryFile,
          `the scene ${name} has no place in the hierarchy`,
          "Add it",
        );
      }
      const short = name.replace(/^\/.\//, "");
      return { name: short, path: [short, ...above] };
    });
    const lists = classLists({ levels, leaves }, { train, test: val });
    const leftOut = leftOutCounter();
    const numbers = sceneNumbers(names);
    return await fromTrees([train, val], async (trees) => {
      for await (const file of imagesAmong(trees[0]!.walk(), leftOut)) {
        const number = sceneOf(file.path, numbers);
        if (number === undefined) {
          throw new InputError(
            `${train}: ${file.path}`,
            "its folder is not one of the scenes of categories_places365.txt",
            "Name the folder that holds a/abbey and its like, or, of the easy format, abbey",
          );
        }
        lists.add("train", { ...file, tree: 0 }, number);
      }
      const truth = new Map<string, number>();
      for await (const { path, label } of readList(valFile, names.length)) {
        truth.set(path.slice(path.lastIndexOf("/") + 1), label);
      }
      const missing = new Set(truth.keys());
      for await (const file of imagesAmong(trees[1]!.walk(), leftOut)) {
        const name = file.path.slice(file.path.lastIndexOf("/") + 1);
        const label = truth.get(name);
        if (label === undefined) {
          throw new InputError(
            valFile,
            `it has no line for the image ${name}`,
            "Use the list of this set",
          );
        }
        missing.delete(name);
        lists.add("test", { ...file, tree: 1 }, label);
      }
      const { found, counts } = lists.finish(listOrder(trees));
      await checkCounts(trainFile, { counts: counts.train, names, numbers });
      for (const first of missing) {
        throw new InputError(
          val,
          `${missing.size} images of ${valFile} are missing, the first being ${first}`,
          "Unpack the whole set",
        );
      }
      const otherFiles = [categoryFile, trainFile, valFile, ...csv === undefined ? [] : [csv]];
      return { ...found, otherFiles, leftOut: leftOut.counts() };
    });
  },
});

/** The numbers of scenes by their folders: `a/apartment_building/outdoor`, or `apartment_building-outdoor` in the easy format. */
function sceneNumbers(names: readonly string[]): Map<string, number> {
  return new Map(names.flatMap((name, i) => {
    const folder = name.slice(1);
    return [[folder, i], [folder.replace(/^.\//, "").replaceAll("/", "-"), i]];
  }));
}

/** The number of the scene whose folders a path ends in. */
function sceneOf(path: string, numbers: ReadonlyMap<string, number>): number | undefined {
  const parts = path.split("/").slice(0, -1);
  for (let from = 0; from < parts.length; from++) {
    const number = numbers.get(parts.slice(from).join("/"));
    if (number !== undefined) return number;
  }
  return undefined;
}

/** Refuses folders that hold other images than the list says. */
async function checkCounts(
  list: string,
  { counts, names, numbers }: {
    readonly counts: Uint32Array;
    readonly names: readonly string[];
    readonly numbers: ReadonlyMap<string, number>;
  },
): Promise<void> {
  const listed = new Uint32Array(counts.length);
  for await (const { path, label, number } of readList(list, counts.length)) {
    const scene = sceneOf(path, numbers);
    if (scene !== label) {
      throw new InputError(
        `${list}:${number}`,
        `the label of ${path} is ${label}, and that of its folder is ${scene ?? "none"}`,
        "Use the lists and categories of one release",
      );
    }
    listed[label]!++;
  }
  for (const [number, name] of names.entries()) {
    if (listed[number] === counts[number]) continue;
    throw new InputError(
      list,
      `it lists ${listed[number]} images of ${name}, and ${counts[number]} are there`,
      "Unpack the whole set, or list the images that are there",
    );
  }
}
