import { exists } from "@/lib/base/files.ts";
import { contentOf, describeFiles, type Manifest, writeManifest } from "@/lib/store/manifest.ts";
import { artifactFolder, type Store } from "@/lib/store/store.ts";

/** What the maker of an artifact knows; files and content are found by looking. */
export type Origin = Omit<Manifest, "files" | "content">;

/**
 * Makes an artifact: the work fills a fresh folder, the manifest is written last, and one rename brings it into the
 * store. Whoever dies on the way leaves nothing that counts.
 *
 * @param store The store.
 * @param key The step's key.
 * @param work Fills the folder it is given, and says where the artifact comes from.
 * @returns The manifest.
 */
export async function putArtifact(
  store: Store,
  key: string,
  work: (folder: string) => Promise<Origin>,
): Promise<Manifest> {
  const folder = await Deno.makeTempDir({
    dir: `${store.root}/tmp`,
    prefix: `${key.slice(0, 12)}-`,
  });
  try {
    const origin = await work(folder);
    const files = await describeFiles(folder);
    const manifest = { ...origin, files, content: contentOf(files) };
    await writeManifest(folder, manifest);
    await moveIn(store, folder, artifactFolder(store, key));
    return manifest;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** Renames a complete folder to its place; one that stands there already, stale or damaged, goes first. */
async function moveIn(store: Store, folder: string, place: string): Promise<void> {
  await Deno.mkdir(place.slice(0, place.lastIndexOf("/")), { recursive: true });
  if (await exists(place)) {
    const old = `${store.root}/tmp/old-${crypto.randomUUID()}`;
    await Deno.rename(place, old);
    await Deno.remove(old, { recursive: true });
  }
  await Deno.rename(folder, place);
}

// A folder under way is younger than this, in milliseconds; one that a killed process left grows older.
const abandoned = 24 * 60 * 60 * 1000;

/** Removes what killed processes left under way. */
export async function sweepTemporary(store: Store): Promise<void> {
  for await (const entry of Deno.readDir(`${store.root}/tmp`)) {
    const path = `${store.root}/tmp/${entry.name}`;
    const age = Date.now() - ((await Deno.stat(path)).mtime?.getTime() ?? Date.now());
    if (age > abandoned) await Deno.remove(path, { recursive: true });
  }
}
