import { statfs } from "node:fs/promises";
import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import { problemOf } from "@/lib/base/system_errors.ts";

/** The operating system's codes for a folder in which nothing can be written. */
const CODES: readonly string[] = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOSPC", "EDQUOT"];

const REMEDY = "Make room, or set WHEN_CONTRASTIVE_LIBRARIES to another folder";

/** Whether an error is one of writing to the disk, so that it is no use to try again. */
export function isDiskError(error: unknown): boolean {
  return error instanceof Error && "code" in error && CODES.includes(String(error.code));
}

/** The error, in words for the person whose folder it is; one that is not of the disk as it is. */
export function explainDiskError(error: unknown, folder: string): unknown {
  return isDiskError(error) ? new InputError(folder, problemOf(error)!, REMEDY) : error;
}

/**
 * Refuses to begin what cannot be ended.
 *
 * @throws {InputError} If the disk of a folder has fewer bytes free than are needed.
 */
export async function checkSpace(
  folder: string,
  { title, needed }: { readonly title: string; readonly needed: number },
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new InputError(
    folder,
    `${title} needs ${bytesText(needed)} while it is fetched, and the disk has ${
      bytesText(free)
    } free`,
    REMEDY,
  );
}
