import { statfs } from "node:fs/promises";
import { InputError } from "@/lib/base/errors.ts";

/** What the operating system's codes say of a folder in which nothing can be written. */
const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "it cannot be written to, only read",
  ENOTDIR: "a part of it is a file and no folder",
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
};

const REMEDY = "Make room, or set WHEN_CONTRASTIVE_LIBRARIES to another folder";

/** Whether an error is one of writing to the disk, so that it is no use to try again. */
export function isDiskError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" &&
    error.code in PROBLEMS;
}

/** The error, in words for the person whose folder it is; one that is not of the disk as it is. */
export function explainDiskError(error: unknown, folder: string): unknown {
  return isDiskError(error) ? new InputError(folder, PROBLEMS[error.code]!, REMEDY) : error;
}

/**
 * Refuses to begin what cannot be ended.
 *
 * @throws {InputError} If the disk of a folder has fewer bytes free than are needed.
 */
export async function checkSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new InputError(
    folder,
    `TensorFlow's library needs ${gigabytes(needed)} while it is fetched, and the disk has ${
      gigabytes(free)
    } free`,
    REMEDY,
  );
}
