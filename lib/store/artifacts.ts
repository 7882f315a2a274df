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
  yield* orderedMap(await artifactKeys(store), { limit, map });
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

/** What stands in the place of one artifact. */
export async function readStanding(store: Store, key: string): Promise<Standing> {
  try {
    return { key, manifest: await readManifest(artifactFolder(store, key), key) };
  } catch (error) {
    return { key, manifest: `${manifestName} cannot be read (${wordsOf(error)})` };
  }
}
