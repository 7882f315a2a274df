import { homedir } from "node:os";
import { dirname, parse, resolve } from "node:path";
import { InputError } from "@/lib/base/errors.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";

/** How a folder that cannot serve is told of. */
export interface FolderUse {
  /** Where its name stands: an option, or what the folder is for. */
  readonly place: string;
  readonly remedy: string;
}

/**
 * Refuses a name that can only be a slip, as far as that is known without looking at the disk.
 *
 * @throws {InputError} If it is blank, an address, the root of a file system, the home folder, or begins with a `~` that no
 * shell replaced.
 */
export function checkFolderName(folder: string, { place, remedy }: FolderUse): void {
  const refuse = (problem: string, instead = remedy) => {
    throw new InputError(place, problem, instead);
  };
  if (folder.trim() === "") refuse("the name of its folder is empty");
  if (/^~[^/\\]*([/\\]|$)/.test(folder)) {
    refuse(
      `"~" in ${folder} was not replaced by the shell`,
      `Write the whole path, or ./${folder} for a folder of that name`,
    );
  }
  // As a path it would be a folder "s3:" in the current one. Of one letter it is a drive.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(folder)) {
    refuse(`${folder} is an address, and only folders of this machine can be used`);
  }
  const whole = resolve(folder);
  if (parse(whole).root === whole) refuse(`${folder} is the root of the file system`);
  if (whole === resolve(homedir())) refuse(`${folder} is the home folder`);
}

const probeStem = ".when-contrastive-";
const probeTail = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a file is that of a process which just tries a folder, or was killed at it: see {@linkcode tryFolder}. */
export function isProbe(name: string): boolean {
  return name.startsWith(probeStem) && probeTail.test(name.slice(probeStem.length));
}

/**
 * Makes sure that files can be written into a folder or, where it is not there yet, that it can be made; leaves no trace.
 *
 * @throws {InputError} If they cannot.
 */
export async function tryFolder(folder: string, { place, remedy }: FolderUse): Promise<void> {
  let above: string | undefined;
  try {
    above = await nearestFolder(folder);
    const probe = `${above}/${probeStem}${crypto.randomUUID()}`;
    try {
      await Deno.writeTextFile(probe, "Can this be written?\n", { createNew: true });
    } finally {
      await Deno.remove(probe).catch(() => {});
    }
  } catch (error) {
    const where = above === undefined ? "" : `${above}: `;
    throw new InputError(place, `it cannot be written (${where}${wordsOf(error)})`, remedy);
  }
}

/**
 * The folder itself, or the nearest above it that is there.
 *
 * @throws {Error} If something else stands on the way.
 */
export async function nearestFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    if ((await Deno.stat(path)).isDirectory) return path;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      throw error;
    }
    if (await isLink(path)) throw new Error(`${path} is a link to something that is not there`);
    return await nearestFolder(dirname(path));
  }
  throw new Error(`${path} is a file`);
}

/** Whether a link stands at a path, wherever it leads. */
export async function isLink(path: string): Promise<boolean> {
  try {
    return (await Deno.lstat(path)).isSymlink;
  } catch {
    return false;
  }
}
