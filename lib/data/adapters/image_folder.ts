import * as z from "zod";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { fromTrees, listOrder } from "@/lib/data/adapters/from_trees.ts";
import type { FileTree } from "@/lib/data/files/file_tree.ts";
import { readLabels } from "@/lib/data/listing/labels_tsv.ts";
import { imageFolderLayout } from "@/lib/data/listing/layout.ts";
import { testedParts } from "@/lib/data/listing/split_names.ts";

/**
 * An image folder, or a tar of one: `train/<class>/<file>` and `test/<class>/<file>` (or `val`, or another usual name of either),
 * and images without classes anywhere in `unlabelled/` (or `unlabeled/`), optionally below one top folder. Of `test` and `val` the
 * first is tested on and the other not used, unless `tested` says otherwise. A `labels.tsv` beside them makes the classes a tree.
 */
export const imageFolder = adapter({
  schema: z.strictObject({
    dataset: z.literal("image-folder"),
    path: z.string().min(1),
    tested: z.enum(testedParts).optional(),
  }),
  paths: { path: "tree" },
  open: ({ path, tested }) =>
    fromTrees([path], async (trees) => {
      const [tree] = trees as [FileTree];
      const layout = imageFolderLayout(path);
      const onFolder = (folder: string) => layout.addFolder(folder);
      for await (const file of tree.walk({ onFolder })) layout.add(file);
      const found = layout.labels();
      const labels = found && readLabels(await tree.read(found), `${path}/${found.path}`);
      const otherFiles = found && tree.kind === "folder" ? [`${path}/${found.path}`] : [];
      return { ...layout.finish({ labels, order: listOrder(trees), tested }), otherFiles };
    }),
});
