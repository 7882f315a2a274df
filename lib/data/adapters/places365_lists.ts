import { InputError } from "@/lib/base/errors.ts";
import { readLines } from "@/lib/data/text_lines.ts";

/** A line of a list of images. */
export interface ListedImage {
  readonly path: string;
  readonly label: number;
  /** Of the line, from 1. */
  readonly number: number;
}

/** The scenes and their labels, from `categories_places365.txt`: lines such as `/a/airfield 0`. */
export async function readCategories(path: string): Promise<ReadonlyMap<string, number>> {
  const categories = new Map<string, number>();
  const labels = new Set<number>();
  for await (const { path: name, label, number } of readList(path, Infinity)) {
    if (categories.has(name) || labels.has(label)) {
      throw new InputError(
        `${path}:${number}`,
        `${name} or the label ${label} stands twice`,
        "Keep one",
      );
    }
    categories.set(name, label);
    labels.add(label);
  }
  if (categories.size === 0) throw new InputError(path, "it has no line", "Use the published file");
  return categories;
}

/**
 * The lines of a list: a path, a space, and a label below `classes`.
 *
 * @throws {InputError} Naming the line that is something else.
 */
export async function* readList(path: string, classes: number): AsyncGenerator<ListedImage> {
  for await (const { text, number } of readLines(path)) {
    const [, image, label] = text.match(/^(\S.*\S)\s+(\d+)\s*$/) ?? [];
    if (image === undefined) {
      throw new InputError(
        `${path}:${number}`,
        `the line is "${text}"`,
        "Write a path, a space and the number of a class",
      );
    }
    if (Number(label) >= classes) {
      throw new InputError(
        `${path}:${number}`,
        `the class is ${label}, and there are ${classes}`,
        "Use the lists and categories of one release",
      );
    }
    yield { path: image, label: Number(label), number };
  }
}
