import { InputError, messageOf } from "@/lib/base/errors.ts";

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
 * Opens a file for reading at any place.
 *
 * @throws {InputError} If it is none, or cannot be read.
 */
export async function openBytes(path: string): Promise<FileBytes> {
  const file = await Deno.open(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) {
      throw new InputError(path, "the file does not exist", "Correct the path");
    }
    throw new InputError(
      path,
      `it cannot be opened: ${messageOf(error)}`,
      "Name a file of weights",
    );
  });
  const { size, isFile } = await file.stat();
  if (!isFile) {
    file.close();
    throw new InputError(path, "it is no file", "Name a file of weights");
  }
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
