import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { type Inat21Listing, ranks, readInat21Json } from "@/lib/data/adapters/inat21_json.ts";
import { dataSetOfFiles, type Split } from "@/lib/data/data_set.ts";
import { openTree } from "@/lib/data/file_tree.ts";
import { isImage } from "@/lib/data/source_file.ts";

/**
 * iNat21 as its challenge publishes it (github.com/visipedia/inat_comp, 2021): `train` and `val` are the folders or tars of
 * the images, such as `train_mini/02912_Animalia_…/….jpg`, and `train_json` and `val_json` the files that list them. The
 * validation set is the test set, as in the paper. Seven ranks.
 */
export const inat21 = adapter({
  schema: z.strictObject({
    dataset: z.literal("inat21"),
    train: z.string().min(1),
    train_json: z.string().min(1),
    val: z.string().min(1),
    val_json: z.string().min(1),
  }),
  paths: { train: "tree", train_json: "file", val: "tree", val_json: "file" },
  async open(binding) {
    const listings = {
      train: await readInat21Json(binding.train_json),
      test: await readInat21Json(binding.val_json),
    };
    const places = { train: binding.train, test: binding.val };
    const categories = listings.train.categories;
    const leaves = categories.map(({ path }) => ({ name: path[0]!, path }));
    const lists = classLists({ levels: ranks, leaves }, places);
    const numbers = new Map(categories.map(({ folder }, i) => [folder, i]));
    const trees = [openTree(binding.train), openTree(binding.val)];
    try {
      for (const [tree, split] of (["train", "test"] as const).entries()) {
        const counts = new Uint32Array(categories.length);
        for await (const file of trees[tree]!.walk()) {
          if (!isImage(file.path)) continue;
          const folder = file.path.split("/").at(-2) ?? "";
          const number = numbers.get(folder);
          if (number === undefined) {
            throw new InputError(
              `${places[split]}: ${file.path}`,
              `its folder "${folder}" is no category of ${binding.train_json}`,
              "Name the folder that holds the categories' folders, and its json",
            );
          }
          counts[number]!++;
          lists.add(split, { ...file, tree }, number);
        }
        checkComplete(split, { counts, numbers, listing: listings[split], place: places[split] });
      }
      const order = trees.some(({ kind }) => kind === "compressed") ? "place" : "class";
      const otherFiles = [binding.train_json, binding.val_json];
      return dataSetOfFiles({ ...lists.finish(order), trees, otherFiles });
    } catch (error) {
      for (const tree of trees) tree[Symbol.dispose]();
      throw error;
    }
  },
});

/** Refuses folders that hold other images than the json lists. */
function checkComplete(
  split: Split,
  { counts, numbers, listing, place }: {
    readonly counts: Uint32Array;
    readonly numbers: ReadonlyMap<string, number>;
    readonly listing: Inat21Listing;
    readonly place: string;
  },
): void {
  for (const { folder, images } of listing.categories) {
    const number = numbers.get(folder);
    const there = number === undefined ? 0 : counts[number]!;
    if (there === images) continue;
    throw new InputError(
      place,
      number === undefined
        ? `the category ${folder} of the ${split} json is not in the training json`
        : `the folder ${folder} has ${there} images, and the json lists ${images}`,
      "Unpack the whole set, and use the json files of one release",
    );
  }
}
