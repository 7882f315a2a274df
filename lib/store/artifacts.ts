import { namesIn } from "@/lib/base/files.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";
import { type Manifest, manifestName, readManifest } from "@/lib/store/manifest.ts";
import { artifactFolder, type Store } from "@/lib/store/store.ts";

/** What stands in the place of an artifact. */
export interface Standing {
  readonly key: string;
  /** Its manifest, or one sentence that says what is wrong with it; its files are not looked at. */
  readonly manifest: Manifest | string;
}

// Reads in flight: a network file system answers many at once.
const limit = 64;

/** Whatever stands among the artifacts of a store, whoever asks for it, in the order of the keys. */
export async function* artifactsIn(store: Store): AsyncGenerator<Standing> {
  const map = (key: string) => readStanding(store, key);
  for await (const one of orderedMap(await artifactKeys(store), { limit, map })) {
    if (one !== undefined) yield one;
  }
}

/** The keys of all that stands among the artifacts of a store, in order. */
export async function artifactKeys({ root }: Store): Promise<readonly string[]> {
  const folders = (await namesIn(`${root}/artifacts`)).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const keys = await Promise.all(folders.map(async (folder) => {
    const names = await namesIn(`${root}/artifacts/${folder}`);
    return names.filter((name) => /^[0-9a-f]{64}$/.test(name) && name.startsWith(folder));
  }));
  return keys.flat().sort();
}

/** What stands in the place of one artifact; nothing where its folder is empty, as for a moment it may be, or is not there. */
export async function readStanding(store: Store, key: string): Promise<Standing | undefined> {
  const folder = artifactFolder(store, key);
  try {
    return { key, manifest: await readManifest(folder, key) };
  } catch (error) {
    if ((await namesIn(folder).catch(() => [])).length === 0) return undefined;
    return { key, manifest: `${manifestName} cannot be read (${wordsOf(error)})` };
  }
}
