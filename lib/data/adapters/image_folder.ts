import * as z from "zod";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { dataSetOfFiles } from "@/lib/data/data_set.ts";
import { openTree } from "@/lib/data/file_tree.ts";
import { imageFolderLayout } from "@/lib/data/layout.ts";
import { readLabels } from "@/lib/data/labels_tsv.ts";

/**
 * An image folder, or a tar of one: `train/<class>/<file>` and `test/<class>/<file>` (or `val`), optionally below one top
 * folder and with a `labels.tsv` beside the two, which makes the classes a tree.
 */
export const imageFolder = adapter({
  schema: z.strictObject({ dataset: z.literal("image-folder"), path: z.string().min(1) }),
  paths: { path: "tree" },
  async open({ path }) {
    const tree = openTree(path);
    try {
      const layout = imageFolderLayout(path);
      for await (const file of tree.walk()) layout.add(file);
      const found = layout.labels();
      const labels = found && readLabels(await tree.read(found), `${path}/${found.path}`);
      const order = tree.kind === "compressed" ? "place" : "class";
      const { hierarchy, train, test } = layout.finish({ labels, order });
      const otherFiles = found && tree.kind === "folder" ? [`${path}/${found.path}`] : [];
      return dataSetOfFiles({ hierarchy, train, test, trees: [tree], otherFiles });
    } catch (error) {
      tree[Symbol.dispose]();
      throw error;
    }
  },
});
