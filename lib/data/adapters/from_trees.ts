import { type DataSet, dataSetOfFiles, type FilesOfDataSet } from "@/lib/data/data_set.ts";
import { type FileTree, openTree } from "@/lib/data/files/file_tree.ts";

/**
 * Opens a data set that stands in folders and tars; where that fails, those that were opened are closed again.
 *
 * @param paths The folders and tars, absolute.
 * @param read Lists the images; it may open further trees at the end of those given.
 */
export async function fromTrees(
  paths: readonly string[],
  read: (trees: FileTree[]) => Promise<Omit<FilesOfDataSet, "trees">>,
): Promise<DataSet> {
  const trees: FileTree[] = [];
  try {
    for (const path of paths) trees.push(openTree(path));
    return dataSetOfFiles({ ...await read(trees), trees });
  } catch (error) {
    for (const tree of trees) tree[Symbol.dispose]();
    throw error;
  }
}

/** The order of images in which reading them all is cheap. */
export function listOrder(trees: readonly FileTree[]): "class" | "place" {
  return trees.some(({ kind }) => kind === "compressed") ? "place" : "class";
}
