import { isImage, type SourceFile } from "@/lib/data/source_file.ts";

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
}

/** A counter at zero. */
export function leftOutCounter(): LeftOutCounter {
  const counts = new Map<string, number>();
  return {
    add(path) {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const extension = name.match(/.(\.[^.]+)$/)?.[1]?.toLowerCase() ?? "";
      if (texts.test(extension) || (extension === "" && textNames.test(name))) return;
      counts.set(extension, (counts.get(extension) ?? 0) + 1);
    },
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => a < b ? -1 : 1)),
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
