import { createHash } from "node:crypto";
import { sha256File } from "@/lib/base/sha256.ts";
import { type DataSet, splits } from "@/lib/data/data_set.ts";
import { walkFolder } from "@/lib/data/folder_files.ts";
import { fileStamp } from "@/lib/data/memo.ts";

/**
 * The content of a data set in one hash: archives and other files as a whole, pictures of folders each with their path.
 * Where the files lie, and what else lies there, makes no difference.
 *
 * @returns A SHA-256, 64 hexadecimal digits.
 */
export async function contentHash(data: DataSet): Promise<string> {
  const hash = createHash("sha256");
  const add = (...parts: readonly (string | number)[]) => hash.update(`${JSON.stringify(parts)}\n`);
  for (const path of data.otherFiles) add("file", await sha256File(path));
  for (const { kind, path } of data.trees) {
    add("tree", kind === "folder" ? "" : await sha256File(path));
  }
  for (const split of splits) {
    const list = data[split];
    for (let i = 0; i < list.length; i++) {
      const { tree, path, size } = list.file(i);
      const { kind, path: folder } = data.trees[tree] ?? { kind: "tar", path: "" };
      if (kind !== "folder") continue;
      add(split, tree, path.normalize("NFC"), size, await sha256File(`${folder}/${path}`));
    }
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
    for await (const file of walkFolder(path)) {
      hash.update(`${JSON.stringify([file.path, fileStamp(`${path}/${file.path}`)])}\n`);
    }
  }
  return hash.digest("hex");
}
