import { statfs } from "node:fs/promises";
import { stepsToWork } from "@/lib/cli/expected.ts";
import type { Study } from "@/lib/cli/study.ts";
import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import { nearestFolder } from "@/lib/base/folders.ts";

/** What the steps to work will add to the store, and what its file system has free. */
export interface DiskUse {
  readonly needed: number;
  /** `undefined` where the system does not say. */
  readonly free: number | undefined;
}

/** Adds up the steps that are not cached. */
export async function diskUse(study: Study): Promise<DiskUse> {
  const { bytes, store } = study;
  const needed = stepsToWork(study).reduce((sum, { key }) => sum + bytes.get(key)!, 0);
  try {
    const { bavail, bsize } = await statfs(await nearestFolder(store.root));
    return { needed, free: bavail * bsize };
  } catch {
    return { needed, free: undefined };
  }
}

/**
 * Refuses work that will not fit.
 *
 * @throws {InputError} If the store's file system has less free than is needed.
 */
export function checkDisk({ needed, free }: DiskUse, store: string): void {
  if (free === undefined || needed <= free) return;
  throw new InputError(
    `Store ${store}`,
    `this needs about ${bytesText(needed)}, but only ${bytesText(free)} are free`,
    "Make room, or choose another place with --store",
  );
}

/** The two in words: "about 210 MB on disk (73 GB free)". */
export function diskText({ needed, free }: DiskUse): string {
  const about = `about ${bytesText(needed)} on disk`;
  return free === undefined ? about : `${about} (${bytesText(free)} free)`;
}
