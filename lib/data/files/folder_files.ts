import { InputError, messageOf } from "@/lib/base/errors.ts";
import { isHidden, type SourceFile } from "@/lib/data/files/source_file.ts";

/** What a walk through a folder or a tar tells beside the files. */
export interface WalkOptions {
  /** Called with the path of each folder that is not hidden; a tar may name some of its folders only. */
  readonly onFolder?: (path: string) => void;
}

/**
 * Walks the files below a folder, links followed, in the order of their names. Hidden files and folders are left out.
 *
 * @throws {InputError} If a link leads nowhere or back to a folder above it, a name is not UTF-8, or something is neither a
 * file nor a folder or cannot be read.
 */
export async function* walkFolder(
  folder: string,
  options: WalkOptions = {},
): AsyncGenerator<SourceFile> {
  yield* visit({ folder, prefix: "", above: [await Deno.realPath(folder)] }, options);
}

interface Place {
  readonly folder: string;
  /** The path below the folder, empty or with `/` at its end. */
  readonly prefix: string;
  /** The real paths of this folder and those above it. */
  readonly above: readonly string[];
}

async function* visit(
  { folder, prefix, above }: Place,
  options: WalkOptions,
): AsyncGenerator<SourceFile> {
  for (const { name, isDirectory, isFile } of await entriesOf(`${folder}/${prefix}`)) {
    if (isHidden(name)) continue;
    const path = `${prefix}${name}`;
    // A name that is not UTF-8 has become another, by which nothing can be opened.
    const info = isDirectory && !name.includes("\ufffd")
      ? { isDirectory, isFile, size: 0 }
      : await stat(`${folder}/${path}`);
    if (info.isDirectory) {
      const real = await Deno.realPath(`${folder}/${path}`);
      if (above.includes(real)) {
        throw new InputError(
          `${folder}/${path}`,
          "the link leads back to a folder above it",
          "Remove it",
        );
      }
      options.onFolder?.(path);
      yield* visit({ folder, prefix: `${path}/`, above: [...above, real] }, options);
    } else if (info.isFile) {
      yield { path, size: info.size, offset: 0 };
    } else {
      throw new InputError(
        `${folder}/${path}`,
        "it is neither a file nor a folder, but a pipe, a socket or a device",
        "Remove it",
      );
    }
  }
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    throw new InputError(
      folder,
      `the folder cannot be read: ${messageOf(error)}`,
      "Allow it to be read",
    );
  }
}

async function stat(path: string): Promise<Deno.FileInfo> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (path.includes("\ufffd")) {
      throw new InputError(path, "the name is not UTF-8", "Rename the file or folder");
    }
    throw new InputError(
      path,
      error instanceof Deno.errors.NotFound
        ? "the link leads nowhere"
        : error instanceof Deno.errors.FilesystemLoop
        ? "the link leads to itself"
        : `it cannot be read: ${messageOf(error)}`,
      "Correct or remove it",
    );
  }
}
