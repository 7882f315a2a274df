import { resolve } from "node:path";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import type { PathKind } from "@/lib/data/adapters/adapter.ts";
import { foreignForm } from "@/lib/data/files/foreign_forms.ts";
import { isTar } from "@/lib/data/files/tar_files.ts";

/** What each kind of path looks like, after "Write". */
export const pathForms: Readonly<Record<PathKind, string>> = {
  tree: "the path of a folder or a .tar (or .tar.gz)",
  folder: "the path of a folder",
  file: "the path of a file",
  files: "the path of a file, or a list of them, with * or {000..127} for several",
  shards: "paths of tars, with * or {000..127} for several",
};

/** What a path must be, and where it is written. */
interface PathPlace {
  readonly kind: PathKind;
  /** The folder at which relative paths start. */
  readonly base: string;
  /** The field, for messages. */
  readonly place: string;
}

/**
 * Makes the path of a field absolute and sees that what it names is there and of its kind.
 *
 * @returns An absolute path; for shards and files, the list of them.
 * @throws {InputError} If there is nothing, or something of another kind.
 */
export async function resolvePath(
  given: string | readonly string[],
  at: PathPlace,
): Promise<string | string[]> {
  const { kind, base } = at;
  if (kind !== "shards" && kind !== "files") {
    const path = resolve(base, given as string);
    await check(path, at);
    return path;
  }
  const patterns = typeof given === "string" ? [given] : given;
  const found: string[] = [];
  for (const pattern of patterns) {
    for await (const path of matching(resolve(base, pattern), at)) {
      await check(path, at);
      found.push(path);
    }
  }
  return found;
}

/** The paths that a pattern stands for: at least one. */
async function* matching(pattern: string, { base, place }: PathPlace): AsyncGenerator<string> {
  let found = 0;
  for await (const path of candidates(pattern)) {
    found++;
    yield path;
  }
  if (found > 0) return;
  throw new InputError(place, `no file matches ${pattern}`, `Correct it; ${hint(pattern, base)}`);
}

const patternHint =
  "* stands for any characters of a file's name, and {000..127} for numbers, smallest first";

/** What may be meant by a path at which there is nothing. */
function hint(path: string, base: string): string {
  if (/(^|\/)[a-z][a-z0-9+.-]+:\/(?!\/)/i.test(path)) {
    return "it is an address: download what is there, and name the file or folder here";
  }
  if (/(^|\/)~|\$|%\w+%/.test(path)) {
    return "~ and variables are not replaced: write the path out";
  }
  if (/[*?[\]{}]/.test(path)) return patternHint;
  return `relative paths start at ${base}`;
}

async function* candidates(pattern: string): AsyncGenerator<string> {
  const range = pattern.match(/^(.*)\{(\d+)\.\.(\d+)\}(.*)$/);
  if (range) {
    const [, before = "", from = "", to = "", after = ""] = range;
    for (let i = Number(from); i <= Number(to); i++) {
      yield `${before}${String(i).padStart(from.length, "0")}${after}`;
    }
    return;
  }
  if (!pattern.includes("*")) {
    yield pattern;
    return;
  }
  const folder = pattern.slice(0, pattern.lastIndexOf("/"));
  const name = pattern.slice(folder.length + 1).normalize("NFC");
  const expression = new RegExp(
    `^${name.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`,
  );
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  const names = entries.map((entry) => entry.name);
  for (const entry of names.filter((one) => expression.test(one.normalize("NFC"))).sort()) {
    yield `${folder}/${entry}`;
  }
}

async function check(
  path: string,
  { kind, base, place }: PathPlace,
): Promise<void> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    throw new InputError(
      place,
      error instanceof Deno.errors.NotFound
        ? `the path ${path} does not exist`
        : `the path ${path} cannot be read: ${messageOf(error)}`,
      `Correct it; ${hint(path, base)}`,
    );
  }
  if (info.isDirectory) {
    if (kind === "tree" || kind === "folder") return;
    throw new InputError(place, `${path} is a folder`, `Write ${pathForms[kind]}`);
  }
  if (kind === "file" || kind === "files" || (kind !== "folder" && isTar(path))) return;
  if (kind === "folder") {
    throw new InputError(place, `${path} is a file`, `Write ${pathForms.folder}`);
  }
  const form = foreignForm(path);
  throw new InputError(
    place,
    `the file ${path} is not a .tar${form === undefined ? "" : `, but ${form.name}`}`,
    `Name a folder, a .tar or a .tar.gz; ${form?.remedy ?? "unpack other archives first"}`,
  );
}
