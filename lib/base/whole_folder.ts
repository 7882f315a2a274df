import { dirname } from "node:path";
import { exists } from "@/lib/base/files.ts";

/**
 * Makes a folder unless it is there already: it appears whole or not at all, whoever else makes it at the same time. One that is
 * there counts as changed now, so that whoever clears away what is old sees that it is wanted.
 */
export async function wholeFolder(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const now = new Date();
  await Deno.utime(folder, now, now).catch(() => {});
  if (await exists(folder)) return;
  const temporary = `${folder}.${crypto.randomUUID()}.tmp`;
  try {
    await Deno.mkdir(temporary);
    await fill(temporary);
    await Deno.rename(temporary, folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!await exists(folder)) throw error;
  } finally {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
  }
}

/**
 * Puts files into a folder.
 *
 * @param files Where each is, by its path in the folder.
 * @param put Makes one: `Deno.copyFile`, or {@linkcode linkFile} of those that nobody changes in place.
 */
export async function putFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  put: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const made = new Set<string>();
  for (const [path, from] of files) {
    const parent = dirname(`${folder}/${path}`);
    if (!made.has(parent)) await Deno.mkdir(parent, { recursive: true });
    made.add(parent);
    await put(from, `${folder}/${path}`);
  }
}

/** Makes a second name for a file's bytes, or where the file system does not allow that, a copy. */
export async function linkFile(from: string, to: string): Promise<void> {
  try {
    await Deno.link(from, to);
  } catch {
    // What is wrong with either end, a copy tells too.
    await Deno.copyFile(from, to);
  }
}

/** All files under a folder, by their paths in it; links are followed. */
export async function filesUnder(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const walk = async (within: string): Promise<void> => {
    const entries = await Array.fromAsync(Deno.readDir(`${folder}/${within}`));
    for (const { name, isSymlink, isDirectory } of entries.toSorted(byName)) {
      const path = within === "" ? name : `${within}/${name}`, whole = `${folder}/${path}`;
      if (isSymlink ? (await Deno.stat(whole)).isDirectory : isDirectory) await walk(path);
      else found.set(path, whole);
    }
  };
  await walk("");
  return found;
}

function byName(a: Deno.DirEntry, b: Deno.DirEntry): number {
  return a.name < b.name ? -1 : 1;
}
