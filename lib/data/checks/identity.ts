import { createHash } from "node:crypto";
import { fileStamp } from "@/lib/base/file_stamp.ts";
import { addressOf, type Content, countImages, hashAt } from "@/lib/data/checks/content.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { walkFolder } from "@/lib/data/files/folder_files.ts";

/**
 * The content of a data set in one hash: archives and other files as a whole, pictures of folders each with their path.
 * Where the files lie, and what else lies there, makes no difference.
 *
 * @returns A SHA-256, 64 hexadecimal digits.
 */
export function contentHash(data: DataSet, { otherFiles, trees, images }: Content): string {
  const hash = createHash("sha256");
  const add = (...parts: readonly (string | number)[]) => hash.update(`${JSON.stringify(parts)}\n`);
  for (const file of otherFiles) add("file", file);
  for (const tree of trees) add("tree", tree);
  const total = countImages(data);
  for (let image = 0; image < total; image++) {
    const { split, index } = addressOf(data, image);
    const { tree, path, size } = data[split].file(index);
    if (data.trees[tree]?.kind !== "folder") continue;
    add(split, tree, path.normalize("NFC"), size, hashAt(images, image));
  }
  return hash.digest("hex");
}

/**
 * What tells some files and folders from changed ones without reading any: a hash over the stamps of all that they hold.
 *
 * @throws {Error} If a path does not exist.
 */
export async function stampOf(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    hash.update(`${JSON.stringify([path, fileStamp(path)])}\n`);
    if (!(await Deno.stat(path)).isDirectory) continue;
    // Folders too: a class may have one and no image.
    const onFolder = (folder: string) => hash.update(`${JSON.stringify([folder])}\n`);
    for await (const file of walkFolder(path, { onFolder })) {
      hash.update(`${JSON.stringify([file.path, fileStamp(`${path}/${file.path}`)])}\n`);
    }
  }
  return hash.digest("hex");
}
