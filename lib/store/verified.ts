import { type FileStamp, fileStamp } from "@/lib/base/file_stamp.ts";
import { exists, writeAtomic } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { artifactPath } from "@/lib/store/artifact_path.ts";
import { type Manifest, manifestName } from "@/lib/store/manifest.ts";

/** A manifest without its longer parts. */
export type Head = Omit<Manifest, "spec" | "info">;

/** An artifact of which every byte was once found to be as it was written. */
interface Verified {
  /** How its files looked then: see {@linkcode wordOf}. */
  readonly stamps: string;
  readonly head: Head;
}

// The stamp of a file that is changed again in the same moment may stay the same, however fine a clock the file system has; in milliseconds.
const settled = 2000;

/** What a store's file of notes says. */
interface Log {
  readonly known: Map<string, Verified>;
  /** How many lines it has, as far as this process knows; later ones of an artifact stand for earlier ones. */
  lines: number;
}

// Lines for each artifact from which on the file is written anew.
const mostLines = 4;

/**
 * Which artifacts of a store were verified, and how their files looked then: a file is hashed when its stamp is new. Processes
 * append to one file of lines, each with its own hash, so that one that is cut or mixed with another counts as absent.
 */
const logs = new Map<string, Promise<Log>>();

/** The head of an artifact that is known to be whole, if its files look as they did when they were verified. */
export async function verifiedHead(
  root: string,
  { key, folder }: { readonly key: string; readonly folder: string },
): Promise<Head | undefined> {
  const known = (await logOf(root)).known.get(key);
  const stamps = known && stampsOf(folder, known.head);
  return stamps !== undefined && wordOf(stamps) === known!.stamps ? known!.head : undefined;
}

/**
 * Verifies an artifact unless its files look as they did when they were verified, and notes how they look.
 *
 * @param verify Reads every byte; says what is wrong, or nothing.
 * @returns What is wrong, or nothing.
 */
export async function verifiedOnce(
  root: string,
  { manifest, folder }: { readonly manifest: Manifest; readonly folder: string },
  verify: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const log = await logOf(root);
  const now = Date.now();
  // Taken before the bytes are read: what changes meanwhile has another stamp afterwards.
  const found = stampsOf(folder, manifest);
  const stamps = found && wordOf(found);
  if (stamps !== undefined && log.known.get(manifest.key)?.stamps === stamps) return undefined;
  const wrong = await verify();
  if (wrong === undefined && stamps !== undefined && found!.every((one) => isSettled(one, now))) {
    const { spec: _, info: __, ...head } = manifest;
    await note(root, log, { stamps, head });
  }
  return wrong;
}

/** Forgets that an artifact was found whole: its files may look as they did, and have other bytes. */
export async function forgetVerified(root: string, key: string): Promise<void> {
  const log = await logOf(root), known = log.known.get(key);
  if (known !== undefined) await note(root, log, { ...known, stamps: "" });
}

/** The stamps of all files of an artifact; nothing where one is missing. */
function stampsOf(
  folder: string,
  { files }: Pick<Manifest, "files">,
): readonly FileStamp[] | undefined {
  try {
    return [manifestName, ...Object.keys(files)].map((name) => fileStamp(`${folder}/${name}`));
  } catch {
    return undefined;
  }
}

/** Stamps as one word. */
function wordOf(stamps: readonly FileStamp[]): string {
  return sha256(JSON.stringify(stamps));
}

/** Whether nobody can change a file from now on, and leave its stamp as it is. */
function isSettled({ modified, changed }: FileStamp, now: number): boolean {
  return now - Math.max(modified, changed) > settled;
}

function logOf(root: string): Promise<Log> {
  const known = logs.get(root) ?? readLog(root);
  logs.set(root, known);
  return known;
}

const pathOf = (root: string) => `${root}/memo/verified.log`;

async function readLog(root: string): Promise<Log> {
  const known = new Map<string, Verified>();
  const text = await Deno.readTextFile(pathOf(root)).catch(() => "");
  const lines = text.split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const body = line.slice(line.indexOf(" ") + 1);
    if (!line.startsWith(`${sha256(body)} `)) continue;
    const verified = JSON.parse(body) as Verified;
    known.set(verified.head.key, verified);
  }
  return { known, lines: lines.length };
}

async function note(root: string, log: Log, verified: Verified): Promise<void> {
  log.known.set(verified.head.key, verified);
  log.lines++;
  try {
    if (log.lines > mostLines * log.known.size) await compact(root, log);
    else Deno.writeTextFileSync(pathOf(root), lineOf(verified), { append: true });
  } catch {
    // A colleague's store, or a full disk: the artifact is whole all the same.
  }
}

/**
 * Writes the file anew with a line an artifact, of those alone that are there. What another process appends meanwhile is lost,
 * for which it reads an artifact once more.
 */
async function compact(root: string, log: Log): Promise<void> {
  for (const key of log.known.keys()) {
    if (!await exists(`${root}/${artifactPath(key)}`)) log.known.delete(key);
  }
  log.lines = log.known.size;
  await writeAtomic(pathOf(root), [...log.known.values()].map(lineOf).join(""));
}

/** A note as a line; one that another process left cut is ended by its beginning. */
function lineOf(verified: Verified): string {
  const body = JSON.stringify(verified);
  return `\n${sha256(body)} ${body}`;
}
