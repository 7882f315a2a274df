import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { fromTrees, listOrder } from "@/lib/data/adapters/from_trees.ts";
import { readSamples } from "@/lib/data/adapters/shard_samples.ts";
import { checkHierarchy } from "@/lib/data/hierarchy.ts";
import { imageListBuilder } from "@/lib/data/image_list.ts";
import { leftOutCounter } from "@/lib/data/left_out.ts";
import { readLabels } from "@/lib/data/labels_tsv.ts";

/**
 * Shards: tars (`.tar`, `.tar.gz`) that hold images as `<class>/<file>`, or as WebDataset's samples: `key.jpg` beside
 * `key.cls` with the class's number or name, or beside `key.json` with a field `label` or `class`. `labels` is a
 * `labels.tsv` whose first column names the classes.
 */
export const tarShards = adapter({
  schema: z.strictObject({
    dataset: z.literal("tar-shards"),
    train: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    test: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    labels: z.string().min(1).optional(),
  }),
  paths: { train: "shards", test: "shards", labels: "file" },
  open({ train, test, labels }) {
    const shards = { train: [train].flat(), test: [test].flat() };
    return fromTrees([...shards.train, ...shards.test], async (trees) => {
      const lists = { train: imageListBuilder(), test: imageListBuilder() };
      const leftOut = leftOutCounter();
      const groups = new Map<string, number>();
      let tree = 0;
      for (const split of ["train", "test"] as const) {
        for (let i = 0; i < shards[split].length; i++, tree++) {
          for await (const { file, className } of readSamples(trees[tree]!, leftOut)) {
            const group = groups.get(className) ?? groups.size;
            groups.set(className, group);
            lists[split].add({ ...file, tree }, group);
          }
        }
        if (lists[split].length === 0) {
          throw new InputError(
            shards[split].join(", "),
            "there are no images in it",
            "Name shards with <class>/<file>, or with key.jpg beside key.cls or key.json",
          );
        }
      }
      const table = labels && readLabels(await Deno.readFile(labels), labels);
      const names = [...groups.keys()].sort();
      const unknown = table ? names.filter((name) => !table.rows.has(name)) : [];
      if (unknown.length > 0) {
        throw new InputError(
          labels!,
          `no line for ${unknown.length} class(es): ${unknown.slice(0, 5).join(", ")}`,
          "Add a line for each, with the class in the first column",
        );
      }
      const hierarchy = {
        levels: table ? table.levels : ["class"],
        leaves: names.map((name) => ({ name, path: table ? table.rows.get(name)! : [name] })),
      };
      checkHierarchy(hierarchy, labels ?? shards.train[0]!);
      const leafOfGroup = Uint16Array.from(groups.keys(), (name) => names.indexOf(name));
      const order = listOrder(trees);
      return {
        hierarchy,
        train: lists.train.finish({ leafOfGroup, order }),
        test: lists.test.finish({ leafOfGroup, order }),
        otherFiles: labels === undefined ? [] : [labels],
        leftOut: leftOut.counts(),
      };
    });
  },
});
