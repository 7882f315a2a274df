import { basename } from "node:path";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256, sha256File } from "@/lib/base/sha256.ts";
import { filesUnder, linkFile, putFiles, wholeFolder } from "@/lib/base/whole_folder.ts";
import { packageFiles } from "@/lib/run/package_files.ts";
import type { Store } from "@/lib/store/mod.ts";

/** Where of frozen code the program is that starts a worker. */
export const starter = "lib/run/start_worker.sh";

/** The name of this Deno, which another machine may run if it is of the same kind. */
const denoName = `deno-${Deno.version.deno}-${Deno.build.target}`;

/** The folder of a store in which code is frozen, and all that it needs to run. */
function codeFolder(store: Store): string {
  return `${store.root}/code`;
}

/**
 * Puts into a store what a worker needs, each piece once: the project's code as it is now, the packages that it uses and Deno.
 * Later changes of the project do not reach what is worked from there.
 *
 * @param root The project's folder.
 * @returns The folder of the frozen code, a project's of its own.
 */
export async function freezeCode(store: Store, root: string): Promise<string> {
  const files = await codeFiles(root), folder = await frozenFolder(store, files);
  const shelf = codeFolder(store);
  const packages = `packages-${(await sha256File(`${root}/deno.lock`)).slice(0, 16)}`;
  await Deno.mkdir(shelf, { recursive: true });
  await wholeFolder(
    `${shelf}/${denoName}`,
    (to) => putFiles(to, new Map([["deno", Deno.execPath()]]), linkFile),
  );
  await wholeFolder(
    `${shelf}/${packages}`,
    async (to) => await putFiles(to, await packageFiles(root), linkFile),
  );
  await wholeFolder(folder, async (to) => {
    // Whoever edits the project may write into the same bytes.
    await putFiles(to, files, Deno.copyFile);
    await Deno.symlink(`../${denoName}/deno`, `${to}/deno`);
    await Deno.symlink(`../${packages}`, `${to}/npm`);
  });
  return folder;
}

/** The folder that code has once it is frozen: it follows from what the files say, and from the version of Deno. */
export async function frozenFolder(
  store: Store,
  files: ReadonlyMap<string, string>,
): Promise<string> {
  const hashes: Record<string, string> = {};
  for (const [path, whole] of files) hashes[path] = await sha256File(whole);
  return `${codeFolder(store)}/${sha256(canonicalJson({ hashes, denoName })).slice(0, 16)}`;
}

/**
 * Puts a library that was fetched into a store, for workers on machines that have no network.
 *
 * @param folder Where it lies.
 */
export async function freezeLibrary(store: Store, folder: string): Promise<void> {
  const shelf = `${codeFolder(store)}/libraries`;
  await Deno.mkdir(shelf, { recursive: true });
  await wholeFolder(
    `${shelf}/${basename(folder)}`,
    async (to) => await putFiles(to, await filesUnder(folder), linkFile),
  );
}

/** The files of a project that a worker may read, by their paths in it. */
export async function codeFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map(["deno.json", "deno.lock"].map((name) => [name, `${root}/${name}`]));
  for (const room of ["dsl", "lib", "experiments"]) {
    for (const [path, whole] of await filesUnder(`${root}/${room}`)) {
      // Beside experiments may lie anything, and whoever mends a page of words changes no work.
      const isCode = room === "experiments" ? path.endsWith(".ts") : !path.endsWith(".md");
      if (isCode) files.set(`${room}/${path}`, whole);
    }
  }
  return files;
}
