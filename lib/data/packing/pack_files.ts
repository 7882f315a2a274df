import { InputError, messageOf } from "@/lib/base/errors.ts";
import { mapFile } from "@/lib/data/packing/mapped_file.ts";

/**
 * Checks that a file of a pack has the size that it should have.
 *
 * @throws {InputError} If not, or if it is missing.
 */
export function checkSize(path: string, expected: number): void {
  let size: number;
  try {
    ({ size } = Deno.statSync(path));
  } catch (error) {
    throw damaged(path, messageOf(error));
  }
  if (size !== expected) throw damaged(path, `it has ${size} bytes in place of ${expected}`);
}

/** A file's bytes, mapped, or read where files cannot be mapped. */
export function bytesOf(path: string, size: number): Uint8Array<ArrayBuffer> {
  return mapFile(path, size) ?? Deno.readFileSync(path);
}

/** What is said of a file of a pack that is not as it was written. */
export function damaged(path: string, problem: string): InputError {
  return new InputError(path, `the packed data are damaged: ${problem}`, "Ingest the domain again");
}
