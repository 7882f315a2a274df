import { statSync } from "node:fs";

/** What tells a file from a changed one without reading it. */
export type FileStamp = { readonly [field: string]: string };

/**
 * The stamp of a file: size, times of change and inode, as the file system gives them.
 *
 * @throws {Error} If there is no such file.
 */
export function fileStamp(path: string): FileStamp {
  const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
  // The change time too: a copy that keeps the modification time still moves it.
  return { size: `${size}`, modified: `${mtimeNs}`, changed: `${ctimeNs}`, inode: `${ino}` };
}
