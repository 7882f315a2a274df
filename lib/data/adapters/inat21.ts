import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { fromTrees, listOrder } from "@/lib/data/adapters/from_trees.ts";
import {
  type Inat21Category,
  type Inat21Listing,
  ranks,
  readInat21Json,
} from "@/lib/data/adapters/inat21_json.ts";
import { imagesAmong, leftOutCounter } from "@/lib/data/listing/left_out.ts";

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
    const leftOut = leftOutCounter();
    const numbers = new Map(categories.map(({ folder }, i) => [folder, i]));
    return await fromTrees([binding.train, binding.val], async (trees) => {
      for (const [tree, split] of (["train", "test"] as const).entries()) {
        for await (const file of imagesAmong(trees[tree]!.walk(), leftOut)) {
          const folder = file.path.normalize("NFC").split("/").at(-2) ?? "";
          const number = numbers.get(folder);
          if (number === undefined) {
            throw new InputError(
              `${places[split]}: ${file.path}`,
              `its folder "${folder}" is not a category of ${binding.train_json}`,
              "Name the folder that holds the categories' folders, and its json",
            );
          }
          lists.add(split, { ...file, tree }, number);
        }
      }
      const { found, counts } = lists.finish(listOrder(trees));
      for (const split of ["train", "test"] as const) {
        const listing = listings[split];
        checkComplete({ counts: counts[split], categories, listing, place: places[split] });
      }
      return {
        ...found,
        otherFiles: [binding.train_json, binding.val_json],
        leftOut: leftOut.counts(),
      };
    });
  },
});

/** Refuses folders that hold other images than the json lists. */
function checkComplete({ counts, categories, listing, place }: {
  /** Images by category of the training json. */
  readonly counts: Uint32Array;
  readonly categories: readonly Inat21Category[];
  readonly listing: Inat21Listing;
  readonly place: string;
}): void {
  const listed = new Map(listing.categories.map(({ folder, images }) => [folder, images]));
  const refuse = (problem: string): never => {
    throw new InputError(
      place,
      problem,
      "Unpack the whole set, and use the json files of one release",
    );
  };
  for (const [number, { folder }] of categories.entries()) {
    const images = listed.get(folder) ?? 0;
    listed.delete(folder);
    if (counts[number] !== images) {
      refuse(`the folder ${folder} has ${counts[number]} images, and its json lists ${images}`);
    }
  }
  for (const folder of listed.keys()) {
    refuse(`its json has the category ${folder}, which the training json has not`);
  }
}
