import { walkFolder, type WalkOptions } from "@/lib/data/files/folder_files.ts";
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
    : tarReader(path);
  return {
    path,
    kind: isCompressed(path) ? "compressed" : "tar",
    walk: (options) => walkTar(path, undefined, options),
    read: ({ offset, size }) => read(offset, size),
    [Symbol.dispose]: close,
  };
}

function tarReader(path: string) {
  const tar = Deno.openSync(path);
  return {
    // Synchronous, because two reads in flight would move each other's position in the one open file.
    read: (offset: number, size: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(size);
      tar.seekSync(offset, Deno.SeekMode.Start);
      for (let at = 0; at < size;) {
        const read = tar.readSync(bytes.subarray(at));
        if (read === null) return Promise.reject(new Error(`${path} has become shorter`));
        at += read;
      }
      return Promise.resolve(bytes);
    },
    close: () => tar.close(),
  };
}
