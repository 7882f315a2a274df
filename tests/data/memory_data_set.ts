import type { DataSet, LabelledSplit, Split } from "@/lib/data/data_set.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";
import { type ImageList, imageListBuilder } from "@/lib/data/listing/image_list.ts";

/** A file of a data set that lives in memory; `null` for one that cannot be read. */
export interface MemoryFile {
  readonly path: string;
  readonly leaf: number;
  readonly bytes: Uint8Array | null;
  /** By default that of `bytes`. */
  readonly size?: number;
}

/** A data set in memory, and the paths that were read of it. */
export interface MemoryDataSet extends DataSet {
  readonly readPaths: string[];
}

/** Makes a data set of so many classes in two levels, two classes a family. */
export function memoryDataSet(
  classes: number,
  files: Readonly<Record<LabelledSplit, readonly MemoryFile[]>> & {
    readonly unlabelled?: readonly MemoryFile[];
  },
): MemoryDataSet {
  const leaves = Array.from({ length: classes }, (_, i) => {
    const path = [`class ${i}`, `family ${Math.floor(i / 2)}`];
    return { name: path[0]!, path };
  });
  const hierarchy: Hierarchy = { levels: ["class", "family"], leaves };
  const all = { unlabelled: [], ...files };
  const listOf = (split: Split): ImageList => {
    const builder = imageListBuilder();
    for (const { path, leaf, bytes, size = bytes?.length ?? 1 } of all[split]) {
      builder.add({ path, size, offset: 0, tree: 0 }, leaf);
    }
    return builder.finish({ leafOfGroup: leaves.map((_, i) => i), order: "class" });
  };
  const lists = { train: listOf("train"), test: listOf("test"), unlabelled: listOf("unlabelled") };
  const readPaths: string[] = [];
  return {
    ...lists,
    hierarchy,
    trees: [],
    otherFiles: [],
    leftOut: {},
    readPaths,
    read(split, index) {
      const { path } = lists[split].file(index);
      readPaths.push(path);
      const file = all[split].find((one) => one.path === path)!;
      if (file.bytes === null) return Promise.reject(new Error("the disk is gone"));
      return Promise.resolve({ encoded: file.bytes });
    },
    [Symbol.dispose]() {},
  };
}
