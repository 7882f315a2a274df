import { namesIn } from "@/lib/base/files.ts";
import { isProbe } from "@/lib/base/folders.ts";
import type { Standing } from "@/lib/store/artifacts.ts";
import { oldCode } from "@/lib/store/old_code.ts";
import { partsFolder } from "@/lib/store/parts.ts";
import { abandonedWays, removeArtifact } from "@/lib/store/put.ts";
import { leaseStep, watchSteps } from "@/lib/store/step_lease.ts";
import { artifactFolder, type Store } from "@/lib/store/store.ts";

/** An artifact that nothing asks for. */
export interface Unasked extends Standing {
  readonly bytes: number;
}

/** What else a store may hold in vain. */
export type RestKind = "checkpoint" | "log" | "plan" | "code" | "temporary" | "memo" | "parts";

/** A file or folder that serves nothing any more. */
export interface Rest {
  readonly kind: RestKind;
  /** The step that it is of, if it is of one. */
  readonly key?: string;
  readonly path: string;
  readonly bytes: number;
}

/** The same before its bytes are counted. */
type Item = Omit<Rest, "bytes">;

/** What may be removed from a store, and what stays. */
export interface Garbage {
  readonly artifacts: readonly Unasked[];
  readonly rests: readonly Rest[];
  /** Keys of the artifacts that stay. */
  readonly kept: ReadonlySet<string>;
}

/** What is to be kept. */
export interface Roots {
  /** Keys that are kept, with all that their artifacts were made from. */
  readonly keys: ReadonlySet<string>;
  /** Hashes that today's steps have: see {@linkcode keepParts}. */
  readonly parts: ReadonlySet<string>;
  /** Paths of the memos that are in use. */
  readonly memos: ReadonlySet<string>;
  /** Ids of the plans that workers are at. */
  readonly plans: ReadonlySet<string>;
  /** The folder of the code of each plan that can be read. */
  readonly projects: ReadonlyMap<string, string>;
}

/**
 * Finds what nothing asks for; changes nothing.
 *
 * @param all Whatever stands among the artifacts: see {@linkcode artifactsIn}.
 */
export async function findGarbage(
  store: Store,
  all: readonly Standing[],
  roots: Roots,
): Promise<Garbage> {
  const standing = new Map(all.map((one) => [one.key, one]));
  const kept = new Set<string>();
  const keep = (key: string): void => {
    if (kept.has(key)) return;
    kept.add(key);
    const manifest = standing.get(key)?.manifest;
    if (typeof manifest !== "object") return;
    for (const need of Object.values(manifest.needs)) keep(need.key);
  };
  for (const key of roots.keys) keep(key);
  const artifacts: Unasked[] = [];
  const parts = new Set(roots.parts), sizeOf = makeSizer();
  for (const one of standing.values()) {
    if (kept.has(one.key)) { for (const hash of hashesIn(one)) parts.add(hash); }
    else artifacts.push({ ...one, bytes: await sizeOf(artifactFolder(store, one.key)) });
  }
  const plans = await oldItems("plan", `${store.root}/plans`, (name) => roots.plans.has(name));
  const found = [
    ...await checkpoints(store, kept),
    ...await logs(store, kept),
    ...plans,
    ...await codeRests(store, { plans, projects: roots.projects }),
    ...await temporary(store),
    ...await oldItems("memo", `${store.root}/memo`, (_, path) => roots.memos.has(path)),
    ...await oldItems("parts", partsFolder(store), (name) => parts.has(name)),
  ];
  const rests: Rest[] = [];
  for (const one of found) rests.push({ ...one, bytes: await sizeOf(one.path) });
  const there = [...kept].filter((key) => standing.has(key));
  return { artifacts, rests, kept: new Set(there) };
}

/**
 * Removes what was found, each artifact under the lease of its step and by one rename; what somebody holds by now stays, and all
 * that is left once it is not to go on.
 *
 * @param goesOn Is asked before each: whether the roots are still those by which it was found.
 * @returns The keys of what stayed.
 */
export async function removeGarbage(
  store: Store,
  { artifacts, rests }: Garbage,
  goesOn: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<readonly string[]> {
  const watch = watchSteps(store);
  const stayed: string[] = [];
  const underLease = async (key: string, remove: () => Promise<void>): Promise<void> => {
    const lease = await goesOn() ? await leaseStep(store, key, watch) : null;
    if (lease === null) return void stayed.push(key);
    try {
      await remove();
    } finally {
      await lease.release();
    }
  };
  for (const { key } of artifacts) await underLease(key, () => removeArtifact(store, key));
  for (const { key, kind, path } of rests) {
    if (kind === "code") {
      if (await goesOn()) await removeUnlessWanted(path);
      continue;
    }
    // Another process may have cleared it away by now.
    const remove = () => Deno.remove(path, { recursive: true }).catch(() => {});
    await (key === undefined ? remove() : underLease(key, remove));
  }
  return [...new Set(stayed)];
}

/** Removes a folder unless it was changed since it was found to be old, as by whoever is about to use it. */
async function removeUnlessWanted(path: string): Promise<void> {
  if (!await isOld(path, day)) return;
  const aside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await Deno.rename(path, aside);
    if (await isOld(aside, day)) return await Deno.remove(aside, { recursive: true });
    await Deno.rename(aside, path);
  } catch {
    // Another process has cleared it away, or made it again.
  }
}

/** The hashes by which an artifact names what it is of. */
function hashesIn({ manifest }: Standing): readonly string[] {
  if (typeof manifest === "string") return [];
  const named = Object.values(manifest.spec).filter((value) => typeof value === "string");
  return [manifest.code, ...named];
}

/** Work under way of steps that nothing asks for, or that are done. */
async function checkpoints(store: Store, kept: ReadonlySet<string>): Promise<readonly Item[]> {
  const folder = `${store.root}/checkpoints`;
  const rests: Item[] = [];
  for (const name of await namesIn(folder)) {
    const key = /^[0-9a-f]{64}/.exec(name)?.[0], path = `${folder}/${name}`;
    if (key === undefined) continue;
    if (kept.has(key) && !await isOlder(path, `${artifactFolder(store, key)}/manifest.json`)) {
      continue;
    }
    rests.push({ kind: "checkpoint", key, path });
  }
  return rests;
}

/** Whether both are there, and the first was changed before the second was. */
async function isOlder(one: string, other: string): Promise<boolean> {
  const [was, is] = await Promise.all([one, other].map(changedAt));
  return was! < is!;
}

// Where files are written under a temporary name first.
const swept = [
  "",
  ...["attempts", "checkpoints", "claims", "code", "code/libraries", "logs", "memo", "parts"]
    .map((folder) => `/${folder}`),
  ...["pins", "plans", "registrations"].map((folder) => `/${folder}`),
];

/** What processes left that are gone. */
async function temporary(store: Store): Promise<readonly Item[]> {
  const rests: Item[] = [];
  for await (const path of abandonedWays(store)) rests.push({ kind: "temporary", path });
  for (const folder of swept) {
    for (const name of await namesIn(`${store.root}${folder}`)) {
      const path = `${store.root}${folder}/${name}`;
      if (!(/[.-][0-9a-f]{8,12}\.tmp$/.test(name) || isProbe(name)) || !await isOld(path, day)) {
        continue;
      }
      rests.push({ kind: "temporary", path });
    }
  }
  return rests;
}

/** Code that no plan names which stays, and what it alone runs with. */
async function codeRests(
  { root }: Store,
  { plans, projects }: Pick<Roots, "projects"> & { readonly plans: readonly Item[] },
): Promise<readonly Item[]> {
  const going = new Set(plans.map(({ path }) => path));
  const staying = (await namesIn(`${root}/plans`)).filter((id) =>
    /^[0-9a-f]{16}$/.test(id) && !going.has(`${root}/plans/${id}`)
  );
  // One that cannot be read, as that of another version, may name anything.
  if (staying.some((id) => !projects.has(id))) return [];
  const rests: Item[] = [];
  for (const path of await oldCode(`${root}/code`, staying.map((id) => projects.get(id)!))) {
    if (await isOld(path, day)) rests.push({ kind: "code", path });
  }
  return rests;
}

/** What was written while steps were tried that nothing asks for. */
async function logs(store: Store, kept: ReadonlySet<string>): Promise<readonly Item[]> {
  const rests: Item[] = [];
  for (const folder of ["logs", "attempts"]) {
    for (const name of await namesIn(`${store.root}/${folder}`)) {
      const key = /^([0-9a-f]{64})\.(log|json)$/.exec(name)?.[1];
      if (key === undefined || kept.has(key)) continue;
      rests.push({ kind: "log", key, path: `${store.root}/${folder}/${name}` });
    }
  }
  return rests;
}

/** What lies in a folder by the name of a hash, is not in use, and has not been changed for long. */
async function oldItems(
  kind: RestKind,
  folder: string,
  isUsed: (name: string, path: string) => boolean,
): Promise<readonly Item[]> {
  const rests: Item[] = [];
  for (const file of await namesIn(folder)) {
    const path = `${folder}/${file}`, name = /^([0-9a-f]{16,64})(\.json)?$/.exec(file)?.[1];
    if (name === undefined || isUsed(name, path) || !await isOld(path, month)) continue;
    rests.push({ kind, path });
  }
  return rests;
}

// Milliseconds. A process that makes a file takes less than a day, and who knows of an older memo may be back within a month.
const day = 24 * 60 * 60 * 1000, month = 30 * day;

async function isOld(path: string, age: number): Promise<boolean> {
  return Date.now() - await changedAt(path) > age;
}

/** When it was changed last, in milliseconds; of what is not there never again. */
async function changedAt(path: string): Promise<number> {
  const { mtime } = await Deno.stat(path).catch(() => ({ mtime: null }));
  return mtime?.getTime() ?? NaN;
}

/**
 * Counts the bytes of files, and of all files in folders, that are free once all are gone that it was asked for: those of a file with
 * several names count where the last of them is met.
 */
function makeSizer(): (path: string) => Promise<number> {
  const met = new Map<string, number>();
  const freedBy = ({ dev, ino, nlink, size }: Deno.FileInfo): number => {
    if (nlink === null || nlink < 2) return size;
    const file = `${dev} ${ino}`, names = (met.get(file) ?? 0) + 1;
    met.set(file, names);
    return names === nlink ? size : 0;
  };
  return async function sizeOf(path): Promise<number> {
    const info = await Deno.lstat(path).catch(() => undefined);
    if (!info?.isDirectory) return info === undefined ? 0 : freedBy(info);
    const sizes = await Promise.all((await namesIn(path)).map((name) => sizeOf(`${path}/${name}`)));
    return sizes.reduce((sum, one) => sum + one, 0);
  };
}
