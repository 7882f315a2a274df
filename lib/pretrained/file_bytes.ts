import { InputError } from "@/lib/base/errors.ts";
import { unreadable } from "@/lib/base/text_lines.ts";

/** A file that is read at any place of it, a piece at a time. */
export interface FileBytes extends Disposable {
  readonly path: string;
  readonly size: number;
  /**
   * @returns A buffer of its own.
   * @throws {InputError} If the file ends before.
   */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Makes sure that a path is a file's, without opening it: a pipe would be waited for, and a device has no end.
 *
 * @throws {InputError} If not.
 */
export async function checkIsFile(path: string): Promise<void> {
  const { isFile, isDirectory } = await Deno.stat(path).catch((error) => {
    throw unreadable(path, error);
  });
  if (isFile) return;
  throw isDirectory
    ? unreadable(path, new Deno.errors.IsADirectory())
    : new InputError(path, "it is a device or a pipe", "Name a file");
}

/**
 * Opens a file for reading at any place.
 *
 * @throws {InputError} If it is none, or cannot be read.
 */
export async function openBytes(path: string): Promise<FileBytes> {
  await checkIsFile(path);
  const file = await Deno.open(path).catch((error) => {
    throw unreadable(path, error);
  });
  const { size } = await file.stat();
  return {
    path,
    size,
    // Each at one go, so that reads at the same time do not move one another's place.
    // deno-lint-ignore require-await
    async read(offset, length) {
      if (offset + length > size) throw endsBefore(path, offset + length, size);
      const bytes = new Uint8Array(length);
      file.seekSync(offset, Deno.SeekMode.Start);
      for (let at = 0; at < length;) {
        const count = file.readSync(bytes.subarray(at));
        if (count === null) throw endsBefore(path, offset + length, offset + at);
        at += count;
      }
      return bytes;
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function endsBefore(path: string, wanted: number, size: number): InputError {
  return new InputError(
    path,
    `it should have ${wanted} bytes or more, and has ${size}`,
    "Fetch the file again",
  );
}
