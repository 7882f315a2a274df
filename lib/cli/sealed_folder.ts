import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { InputError } from "@/lib/base/errors.ts";
import { writeAtomic } from "@/lib/base/files.ts";
import { checkFolderName, isLink, tryFolder } from "@/lib/base/folders.ts";
import { sha256, sha256File } from "@/lib/base/sha256.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";
import { writeFiles } from "@/lib/report/write.ts";

/** A folder given with `--out`, in which a file of this project's says what else in it is this project's. */
export interface SealedFolder {
  readonly folder: string;
  /** The name of that file. */
  readonly seal: string;
  /** Whose the files are: a folder is not taken that holds another study's. */
  readonly study?: string;
}

/** What a seal says. */
interface Seal {
  /** A hash of all that the files were made from. */
  readonly inputs: string;
  /** The SHA-256 of each file. */
  readonly files: Hashes;
  /** While files are being written: that of those which they replace. */
  readonly replaces?: Hashes;
  /** Absent where the files are no study's. */
  readonly study?: string;
}

type Hashes = Readonly<Record<string, string>>;

const remedy = "Choose another folder with --out";

/**
 * Makes sure, before work begins, that files can be written into a folder and that none of them would replace anything but
 * what this project wrote there for the same study; leaves no trace.
 *
 * @throws {InputError} If not.
 */
export async function checkOut(out: SealedFolder, names: readonly string[]): Promise<void> {
  const use = { place: placeOf(out), remedy };
  checkFolderName(out.folder, use);
  await tryFolder(out.folder, use);
  await ownHashes(out, names);
}

/** What the seal says; `undefined` where there is none, `null` where something else has its name. */
async function readSeal({ folder, seal }: SealedFolder): Promise<Seal | undefined | null> {
  try {
    const found = JSON.parse(await Deno.readTextFile(`${folder}/${seal}`));
    const { inputs, files, replaces = {}, study = "" } = found;
    const isSeal = typeof inputs === "string" && typeof study === "string" && isHashes(files) &&
      isHashes(replaces);
    return isSeal ? found : null;
  } catch (error) {
    return error instanceof Deno.errors.NotFound && !await isLink(`${folder}/${seal}`)
      ? undefined
      : null;
  }
}

function isHashes(value: unknown): value is Hashes {
  return typeof value === "object" && value !== null &&
    Object.values(value).every((one) => typeof one === "string" && /^[0-9a-f]{64}$/.test(one));
}

/** Whether the files stand there as they were written, made from these inputs. */
export async function isFresh(
  out: SealedFolder,
  names: readonly string[],
  { inputs }: { readonly inputs: string },
): Promise<boolean> {
  const seal = await readSeal(out);
  if (seal?.inputs !== inputs) return false;
  for (const name of names) {
    const hash = await hashOf(`${out.folder}/${name}`);
    if (hash === undefined || hash !== seal.files[name]) return false;
  }
  return true;
}

/**
 * Writes files and seals them, beside what the seal names already. The seal is written before them as well, so that a process
 * that is killed in between leaves nothing that the next one takes for somebody else's.
 *
 * @param options `inputs`: a hash of all that they were made from; `without`: names of files that are of none of this any more,
 * and are removed as they were written.
 * @returns Their paths.
 * @throws {InputError} If one of them would replace what this project did not write, or cannot be written.
 */
export async function writeSealed(
  out: SealedFolder,
  files: Readonly<Record<string, string | Uint8Array>>,
  { inputs, without = [] }: { readonly inputs: string; readonly without?: readonly string[] },
): Promise<readonly string[]> {
  const replaces = await ownHashes(out, Object.keys(files));
  const others = (await readSeal(out))?.files ?? {};
  const made = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, sha256(content)]),
  );
  const { study } = out;
  const seal = { inputs, files: { ...others, ...made }, ...study !== undefined && { study } };
  const path = `${out.folder}/${out.seal}`;
  try {
    await Deno.mkdir(out.folder, { recursive: true });
    await writeAtomic(path, `${canonicalJson({ ...seal, replaces })}\n`);
    const gone: string[] = [];
    for (const name of without) {
      const own = others[name];
      if (own === undefined || await hashOf(`${out.folder}/${name}`) !== own) continue;
      await Deno.remove(`${out.folder}/${name}`);
      gone.push(name);
    }
    const paths = await writeFiles(out.folder, files);
    const left = Object.entries(seal.files).filter(([name]) => !gone.includes(name));
    await writeAtomic(path, `${canonicalJson({ ...seal, files: Object.fromEntries(left) })}\n`);
    return paths;
  } catch (error) {
    throw new InputError(placeOf(out), `it cannot be written (${wordsOf(error)})`, remedy);
  }
}

/**
 * The hashes of those files that are there.
 *
 * @throws {InputError} If this project did not write one of them, not as it is, or for another study.
 */
async function ownHashes(
  out: SealedFolder,
  names: readonly string[],
): Promise<Hashes> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const hash = await hashOf(`${out.folder}/${name}`);
    if (hash !== undefined) found[name] = hash;
  }
  // Read after the files, because another process of this project may just be writing them, and seals first.
  const seal = await readSeal(out);
  const foreign = (name: string) =>
    refuse(out, `${name} is there, and this project did not write it`);
  if (seal === null) foreign(out.seal);
  if (out.study !== undefined && seal?.study !== undefined && seal.study !== out.study) {
    refuse(
      out,
      `it holds the report of another study, ${seal.study}, and this one is ${out.study}`,
    );
  }
  for (const [name, hash] of Object.entries(found)) {
    const own = [seal?.files[name], seal?.replaces?.[name]];
    if (own.every((one) => one === undefined)) foreign(name);
    if (!own.includes(hash)) refuse(out, `${name} was changed since this project wrote it`);
  }
  return found;
}

function refuse(out: SealedFolder, problem: string): never {
  throw new InputError(placeOf(out), problem, "Move it away, or choose another folder with --out");
}

function placeOf({ folder }: SealedFolder): string {
  return `--out ${folder || '""'}`;
}

/** The hash of a file, `undefined` where none is; of what is no file that can be read, a word that is nobody's. */
async function hashOf(path: string): Promise<string | undefined> {
  try {
    return await sha256File(path);
  } catch (error) {
    // A link of somebody's to what is not there just now would be replaced.
    return error instanceof Deno.errors.NotFound && !await isLink(path) ? undefined : "unreadable";
  }
}
