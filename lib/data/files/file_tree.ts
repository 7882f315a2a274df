import { walkFolder, type WalkOptions } from "@/lib/data/files/folder_files.ts";
import { randomReader } from "@/lib/data/files/random_reader.ts";
import { sequentialReader } from "@/lib/data/files/sequential_reader.ts";
import type { SourceFile } from "@/lib/data/files/source_file.ts";
import { isCompressed, isTar, tarStream, walkTar } from "@/lib/data/files/tar_files.ts";

/** A folder or a tar: the files below it, and their bytes. */
export interface FileTree extends Disposable {
  /** Its own absolute path. */
  readonly path: string;
  /** `compressed`: a tar that can only be read from its beginning on; going back in it costs all that is before. */
  readonly kind: "folder" | "tar" | "compressed";
  /** Its files; a folder's in the order of their names. Hidden ones are left out. */
  walk(options?: WalkOptions): AsyncIterable<SourceFile>;
  /**
   * The bytes of one of its files.
   *
   * @throws {Error} If they cannot be read.
   */
  read(file: SourceFile): Promise<Uint8Array>;
}

/**
 * Opens a folder, a `.tar`, or a `.tar.gz` (`.tgz`).
 *
 * @param path An absolute path that exists.
 */
export function openTree(path: string): FileTree {
  if (!isTar(path)) {
    return {
      path,
      kind: "folder",
      walk: (options) => walkFolder(path, options),
      read: (file) => Deno.readFile(`${path}/${file.path}`),
      [Symbol.dispose]: () => {},
    };
  }
  const { read, close } = isCompressed(path)
    ? sequentialReader(() => tarStream(path))
    : randomReader(path);
  return {
    path,
    kind: isCompressed(path) ? "compressed" : "tar",
    walk: (options) => walkTar(path, undefined, options),
    read: ({ offset, size }) => read(offset, size),
    [Symbol.dispose]: close,
  };
}
