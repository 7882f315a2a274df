import { exists, namesIn } from "@/lib/base/files.ts";
import { type Holder, isGone, newHolder } from "@/lib/base/holder.ts";
import type { StepKind } from "@/lib/plan/kinds/mod.ts";
import {
  contentOf,
  describeFiles,
  type Manifest,
  manifestName,
  type ManifestOf,
  readManifest,
  writeManifest,
} from "@/lib/store/manifest.ts";
import { isLeased } from "@/lib/store/step_lease.ts";
import { artifactFolder, type Store } from "@/lib/store/store.ts";

/** What the maker of an artifact knows; files and content are found by looking. */
export type Origin<K extends StepKind> = Omit<ManifestOf<K>, "files" | "content">;

/** In the folder of a work under way: what is made. */
export const madeName = "artifact";

// Beside it: without it nothing in tmp is this project's to remove.
const markName = "under-way.json";
const namePattern = /^([0-9a-f]{64})-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Makes an artifact: the work fills a fresh folder, the manifest is written last, and one rename brings it into the
 * store. Whoever dies on the way leaves nothing that counts. What somebody else has published meanwhile stays.
 *
 * @param store The store.
 * @param key The step's key.
 * @param work Fills the folder it is given, and says where the artifact comes from.
 * @param options.guard Throws where nothing is to be published, because the step is somebody else's by now.
 * @returns The manifest of the artifact that stands there then.
 */
export async function putArtifact<K extends StepKind>(
  store: Store,
  key: string,
  work: (folder: string) => Promise<Origin<K>>,
  { guard = () => Promise.resolve() }: { readonly guard?: () => Promise<void> } = {},
): Promise<Manifest> {
  const place = artifactFolder(store, key);
  const before = await manifestText(place);
  return await onTheWay(store, key, async (way) => {
    const folder = `${way}/${madeName}`;
    await Deno.mkdir(folder);
    const origin = await work(folder);
    const files = await describeFiles(folder);
    const manifest = { ...origin, files, content: contentOf(files) } as Manifest;
    await writeManifest(folder, manifest);
    await guard();
    const after = await manifestText(place);
    const standing = after === before || after === undefined ? "" : await readManifest(place, key);
    if (typeof standing !== "string") return standing;
    await moveIn(way, place);
    return manifest;
  });
}

/** Removes what stands in the place of an artifact: by one rename, so that no reader sees a part of it, and then for good. */
export async function removeArtifact(store: Store, key: string): Promise<void> {
  await onTheWay(store, key, (way) => Deno.rename(artifactFolder(store, key), `${way}/old`));
}

/** Does something by way of a folder in `tmp`, which is gone afterwards with all that is in it. */
async function onTheWay<T>(
  store: Store,
  key: string,
  body: (way: string) => Promise<T>,
): Promise<T> {
  const way = wayOf(store, { key, id: crypto.randomUUID() });
  try {
    await beginWay(way, key, { by: newHolder() });
    return await body(way);
  } finally {
    await Deno.remove(way, { recursive: true }).catch(() => {});
  }
}

/** The folder of a work under way; `id` has the form of a UUID, and tells works on one step apart. */
export function wayOf(
  { root }: Store,
  { key, id }: { readonly key: string; readonly id: string },
): string {
  return `${root}/tmp/${key}-${id}`;
}

/**
 * Makes that folder, marked as this project's.
 *
 * @param options `by`: whose it is alone; others may go on with one that is nobody's.
 */
export async function beginWay(
  way: string,
  key: string,
  { by }: { readonly by?: Holder } = {},
): Promise<void> {
  await Deno.mkdir(way, { recursive: true });
  const mark = { program, step: key, ...by && { by } };
  await Deno.writeTextFile(`${way}/${markName}`, `${JSON.stringify(mark)}\n`);
}

const program = "when-contrastive";

/** Renames a complete folder to its place; one that stands there already, stale or damaged, goes first. */
export async function moveIn(way: string, place: string): Promise<void> {
  await Deno.mkdir(place.slice(0, place.lastIndexOf("/")), { recursive: true });
  if (await exists(place)) await Deno.rename(place, `${way}/old-${crypto.randomUUID()}`);
  const made = `${way}/${madeName}`, own = await manifestText(made);
  try {
    await Deno.rename(made, place);
  } catch (error) {
    // A server's answer may be lost, and the second try then finds nothing to rename.
    if (!(error instanceof Deno.errors.NotFound) || await manifestText(place) !== own) throw error;
  }
}

async function manifestText(folder: string): Promise<string | undefined> {
  return await Deno.readTextFile(`${folder}/${manifestName}`).catch(() => undefined);
}

// Of processes elsewhere: a work under way whose step nobody holds is over; that it is this old, in milliseconds, is a second
// assurance.
const abandoned = 24 * 60 * 60 * 1000;

/** Removes what killed processes left under way, and nothing that does not bear this store's mark. */
export async function sweepTemporary(store: Store): Promise<void> {
  for await (const way of abandonedWays(store)) await Deno.remove(way, { recursive: true });
}

/** The folders that killed processes left under way. */
export async function* abandonedWays(store: Store): AsyncGenerator<string> {
  for (const name of await namesIn(`${store.root}/tmp`)) {
    const key = namePattern.exec(name)?.[1];
    const way = `${store.root}/tmp/${name}`;
    if (key !== undefined && await isAbandoned(store, { way, key })) yield way;
  }
}

/**
 * Whether nobody is at it: a process of this machine that is gone was, or else by leases and not by clocks alone, because hosts may
 * differ in what they take the time to be.
 */
async function isAbandoned(
  store: Store,
  { way, key }: { readonly way: string; readonly key: string },
): Promise<boolean> {
  try {
    const mark = JSON.parse(await Deno.readTextFile(`${way}/${markName}`));
    if (mark.program !== program || mark.step !== key) return false;
    if (mark.by !== undefined && isGone(mark.by)) return true;
    const { mtime } = await Deno.stat(way);
    // Of a clock that is far ahead too: no time makes it stay for good.
    if (mtime !== null && Math.abs(Date.now() - mtime.getTime()) < abandoned) return false;
    return !await isLeased(store, key);
  } catch {
    // Another sweep or its own maker was faster, or it cannot be read: then it is nothing to remove.
    return false;
  }
}
