import { InputError } from "@/lib/base/errors.ts";
import { foreignForm } from "@/lib/data/files/foreign_forms.ts";
import {
  extensionOf,
  imageExtensions,
  isImage,
  type SourceFile,
} from "@/lib/data/files/source_file.ts";

/**
 * How many files of a data set are not read though an image could be meant, by extension: in lower case with its dot, ""
 * for none; in the order of the extensions.
 */
export type LeftOut = Readonly<Record<string, number>>;

/** Counts the files that are left out. */
export interface LeftOutCounter {
  /** Counts a file that is not read, unless it is a text, which says something about images and is none. */
  add(path: string): void;
  counts(): LeftOut;
  /** The folders that such files stand in (in Unicode form NFC), and the counts of each. */
  folders(): Iterable<readonly [folder: string, counts: LeftOut]>;
}

/** A counter at zero. */
export function leftOutCounter(): LeftOutCounter {
  const all = new Map<string, number>();
  const folders = new Map<string, Map<string, number>>();
  const addTo = (counts: Map<string, number>, extension: string) =>
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  const inOrder = (counts: ReadonlyMap<string, number>): LeftOut =>
    Object.fromEntries([...counts].sort(([a], [b]) => a < b ? -1 : 1));
  return {
    add(path) {
      const extension = extensionOf(path);
      const start = path.lastIndexOf("/");
      const isText = extension === ""
        ? textNames.test(path.slice(start + 1))
        : texts.test(extension);
      if (isText) return;
      const folder = path.slice(0, Math.max(start, 0)).normalize("NFC");
      if (!folders.has(folder)) folders.set(folder, new Map());
      addTo(folders.get(folder)!, extension);
      addTo(all, extension);
    },
    counts: () => inOrder(all),
    *folders() {
      for (const [folder, counts] of folders) yield [folder, inOrder(counts)];
    },
  };
}

const texts =
  /^\.(txt|csv|tsv|jsonl?|md|rst|xml|ya?ml|toml|html?|pdf|log|md5|sha\d+|py|ipynb|sh|m)$/;
const textNames = /^(readme|licen[cs]e|copying|citation|authors|changelog|md5sums?|sha\d+sums?)$/i;

/** The images among files; the others are counted. */
export async function* imagesAmong(
  files: AsyncIterable<SourceFile> | Iterable<SourceFile>,
  leftOut: LeftOutCounter,
): AsyncGenerator<SourceFile> {
  for await (const file of files) {
    if (isImage(file.path)) yield file;
    else leftOut.add(file.path);
  }
}

/** What is said where no image was found: what there is instead, and what to do about it. */
export function noImages(
  place: string,
  { leftOut, remedy }: { readonly leftOut: LeftOut; readonly remedy: string },
): InputError {
  const extensions = Object.keys(leftOut);
  const form = extensions.map((extension) => foreignForm(extension)).find((one) => one);
  const instead = extensions.length === 0
    ? ""
    : `, only ${listed(leftOut)}${form ? ` (${form.name})` : ""}`;
  return new InputError(
    place,
    `there are no images in it${instead}`,
    `${remedy}${form ? `; ${form.remedy}` : ""}. Images are files named ${imageExtensions}`,
  );
}

/** What is said of a class of which no image is read though it has files. */
export function lostClass(
  place: string,
  { name, leftOut }: { readonly name: string; readonly leftOut: LeftOut },
): InputError {
  return new InputError(
    place,
    `no image of the class ${name} is read: there are only ${listed(leftOut)}`,
    `Save them as ${imageExtensions}, or remove the folder`,
  );
}

/** The largest counts first, such as `40 .heic, 2 without extension`. */
export function listed(leftOut: LeftOut): string {
  const entries = Object.entries(leftOut).sort(([, a], [, b]) => b - a);
  const first = entries.slice(0, 5)
    .map(([extension, count]) => `${count} ${extension || "without extension"}`);
  return [...first, ...entries.length > 5 ? ["others"] : []].join(", ");
}
