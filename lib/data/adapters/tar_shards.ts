import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { fromTrees, listOrder } from "@/lib/data/adapters/from_trees.ts";
import { readShard, readUnlabelledShard, type Shard } from "@/lib/data/adapters/shard_samples.ts";
import { type LabelledSplit, splits } from "@/lib/data/data_set.ts";
import { checkHierarchy, noLabels } from "@/lib/data/hierarchy.ts";
import { imageListBuilder } from "@/lib/data/listing/image_list.ts";
import { labelNotes } from "@/lib/data/listing/label_notes.ts";
import { checkLabelled, readLabels } from "@/lib/data/listing/labels_tsv.ts";
import { leftOutCounter, lostClass } from "@/lib/data/listing/left_out.ts";

const patterns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/**
 * Shards: tars (`.tar`, `.tar.gz`) that hold images as `<class>/<file>`, or as WebDataset's samples: `key.jpg` beside
 * `key.cls` with the class's number or name, or beside `key.json` with a field `label` or `class`; all shards of a split in
 * one of the two forms. A sample has one image and one class, in the shards `unlabelled` one image. `labels` is a
 * `labels.tsv` whose first column names the classes.
 */
export const tarShards = adapter({
  schema: z.strictObject({
    dataset: z.literal("tar-shards"),
    train: patterns.optional(),
    test: patterns.optional(),
    unlabelled: patterns.optional(),
    labels: z.string().min(1).optional(),
  }).refine(({ train, unlabelled }) => train ?? unlabelled, { path: ["train"] }),
  paths: { train: "shards", test: "shards", unlabelled: "shards", labels: "file" },
  open({ train = [], test = [], unlabelled = [], labels }) {
    const shards = { train: [train].flat(), test: [test].flat(), unlabelled: [unlabelled].flat() };
    return fromTrees(splits.flatMap((split) => shards[split]), async (trees) => {
      const lists = {
        train: imageListBuilder(),
        test: imageListBuilder(),
        unlabelled: imageListBuilder(),
      };
      const leftOut = leftOutCounter();
      const groups = new Map<string, number>();
      const forms = new Map<LabelledSplit, Shard["form"]>();
      const labelled = [...shards.train, ...shards.test];
      for (const [tree, path] of labelled.entries()) {
        const split = tree < shards.train.length ? "train" : "test";
        const { form, samples, others } = await readShard(trees[tree]!);
        for (const other of others) leftOut.add(other);
        if (form !== (forms.get(split) ?? form)) {
          refuseMixture(path, { form, first: shards[split][0]! });
        }
        forms.set(split, form);
        for (const { file, className } of samples) {
          const group = groups.get(className) ?? groups.size;
          groups.set(className, group);
          lists[split].add({ ...file, tree }, group);
        }
      }
      for (const [folder, counts] of forms.get("train") === "folders" ? leftOut.folders() : []) {
        const name = folder.slice(folder.lastIndexOf("/") + 1);
        if (name === "" || groups.has(name)) continue;
        throw lostClass(`${shards.train[0]} or another: ${folder}`, { name, leftOut: counts });
      }
      for (let tree = labelled.length; tree < trees.length; tree++) {
        const { images, others } = await readUnlabelledShard(trees[tree]!);
        for (const other of others) leftOut.add(other);
        for (const file of images) lists.unlabelled.add({ ...file, tree }, 0);
      }
      const table = labels && readLabels(await Deno.readFile(labels), labels);
      const names = [...groups.keys()].sort();
      if (table) checkLabelled(names, table, labels!);
      const hierarchy = names.length === 0 ? noLabels : {
        levels: table ? table.levels : ["class"],
        leaves: names.map((name) => ({ name, path: table ? table.rows.get(name)! : [name] })),
      };
      if (names.length > 0) checkHierarchy(hierarchy, labels ?? shards.train[0] ?? shards.test[0]!);
      const numbers = new Map(names.map((name, i) => [name, i]));
      const leafOfGroup = Uint16Array.from(groups.keys(), (name) => numbers.get(name)!);
      const order = listOrder(trees);
      return {
        hierarchy,
        train: lists.train.finish({ leafOfGroup, order }),
        test: lists.test.finish({ leafOfGroup, order }),
        unlabelled: lists.unlabelled.finish({ leafOfGroup: [0], order }),
        otherFiles: labels === undefined ? [] : [labels],
        leftOut: leftOut.counts(),
        readAs: table ? labelNotes(names, table, labels!) : [],
      };
    });
  },
});

function refuseMixture(path: string, at: { readonly form: Shard["form"]; readonly first: string }) {
  const [here, there] = at.form === "folders" ? ["no", "some"] : ["some", "none"];
  throw new InputError(
    path,
    `it has ${here} .cls or .json beside its images, and ${at.first} has ${there}`,
    "Write all shards of a split in one form: with a .cls or .json for each image, or in folders of the classes",
  );
}
