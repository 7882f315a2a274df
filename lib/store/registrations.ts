import { createExclusive, namesIn, writeAtomic } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import type { Store } from "@/lib/store/store.ts";

/** What a study committed itself to before it had a result, and when. */
export interface KeptRegistration {
  /** The SHA-256 of `text`. */
  readonly hash: string;
  /** A line of canonical JSON, for people and programs. */
  readonly text: string;
  /** As ISO 8601. */
  readonly at: string;
}

// Everything in it but the time is known by the file's name.
const filePattern = /^\{"at":"(\d{4}-\d\d-\d\dT[\d:.]+Z)","registration":(.*)\}\n$/;

/** The file of a registration. */
export function registrationFile({ at, text }: KeptRegistration): string {
  return `{"at":${JSON.stringify(at)},"registration":${text.trim()}}\n`;
}

/** What such a file says; nothing where it is damaged, or another's. */
export function registrationFrom(file: string, hash: string): KeptRegistration | undefined {
  const [, at, json] = filePattern.exec(file) ?? [], text = `${json}\n`;
  return at !== undefined && sha256(text) === hash ? { hash, text, at } : undefined;
}

/** The hash that a file of a registration is named by. */
export function registrationIn(name: string): string | undefined {
  return /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
}

/** The hashes of the registrations of a store, sorted. */
export async function registrationsIn({ root }: Store): Promise<readonly string[]> {
  return (await namesIn(`${root}/registrations`)).flatMap((name) => registrationIn(name) ?? [])
    .sort();
}

/** A registration by its hash; nothing where there is none that is whole. */
export async function readRegistration(
  store: Store,
  hash: string,
): Promise<KeptRegistration | undefined> {
  try {
    return registrationFrom(await Deno.readTextFile(pathOf(store, hash)), hash);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Keeps a registration, unless the same is there of that time or before.
 *
 * @returns Whether it was not there so.
 */
export async function keepRegistration(store: Store, one: KeptRegistration): Promise<boolean> {
  const path = pathOf(store, one.hash), file = registrationFile(one);
  await Deno.mkdir(`${store.root}/registrations`, { recursive: true });
  const isThere = async () => isNotLater(await readRegistration(store, one.hash), one);
  if (await isThere()) return false;
  if (await createExclusive(path, file)) return true;
  if (await isThere()) return false;
  await writeAtomic(path, file);
  return true;
}

/** Whether a registration is there that is as old as another, or older. */
export function isNotLater(
  there: KeptRegistration | undefined,
  other: KeptRegistration,
): boolean {
  return there !== undefined && Date.parse(there.at) <= Date.parse(other.at);
}

function pathOf({ root }: Store, hash: string): string {
  return `${root}/registrations/${hash}.json`;
}
