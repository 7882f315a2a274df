import { InputError } from "@/lib/base/errors.ts";
import { readLines } from "@/lib/data/text_lines.ts";

/** A line of a list of images. */
export interface ListedImage {
  readonly path: string;
  readonly label: number;
  /** Of the line, from 1. */
  readonly number: number;
}

/**
 * The scenes in the order of their labels, from `categories_places365.txt`: lines such as `/a/airfield 0`.
 *
 * @throws {InputError} If the labels are not 0, 1, 2 and on, or a scene stands twice.
 */
export async function readCategories(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { path: name, label, number } of readList(path, Infinity)) {
    if (names.includes(name)) {
      throw new InputError(`${path}:${number}`, `the scene ${name} stands twice`, "Keep one");
    }
    if (label !== names.length) {
      throw new InputError(
        `${path}:${number}`,
        `the label of ${name} is ${label}, and not ${names.length}`,
        "Number the scenes from 0 on, in order",
      );
    }
    names.push(name);
  }
  if (names.length === 0) throw new InputError(path, "it has no line", "Use the published file");
  return names;
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
