import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { readLines } from "@/lib/base/text_lines.ts";

/** A line of a list of images. */
export interface ListedImage {
  readonly path: string;
  readonly label: number;
  /** Of the line, from 1. */
  readonly number: number;
}

/** The files of the development kit that are read. */
export interface ListFiles {
  readonly categories: string;
  readonly train: string;
  readonly val: string;
}

const listNames: Readonly<Record<keyof ListFiles, string>> = {
  categories: "categories_places365.txt",
  train: "places365_train_standard.txt",
  val: "places365_val.txt",
};
const challenge = "places365_train_challenge.txt";

/**
 * The lists in a folder, or in the folder of `filelist_places365-standard.tar` in it.
 *
 * @throws {InputError} If one is missing, naming what is there instead.
 */
export async function findLists(folder: string): Promise<ListFiles> {
  const inner = `${folder}/filelist_places365-standard`;
  const isInner = !await exists(`${folder}/${listNames.categories}`) && await exists(inner);
  const at = isInner ? inner : folder;
  for (const name of Object.values(listNames)) {
    if (await exists(`${at}/${name}`)) continue;
    const isChallenge = name === listNames.train && await exists(`${at}/${challenge}`);
    throw new InputError(
      `${at}/${name}`,
      isChallenge
        ? `the file does not exist; ${challenge} beside it lists Places365-Challenge, a larger set of 8 million images`
        : "the file does not exist",
      "Unpack filelist_places365-standard.tar there, and use the images of Places365-Standard",
    );
  }
  const { categories, train, val } = listNames;
  return { categories: `${at}/${categories}`, train: `${at}/${train}`, val: `${at}/${val}` };
}

/**
 * The scenes in the order of their labels, from `categories_places365.txt`: lines such as `/a/airfield 0`.
 *
 * @throws {InputError} If the labels are not 0, 1, 2 and on, or a scene stands twice.
 */
export async function readCategories(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { path: listed, label, number } of readList(path, Infinity)) {
    const name = `/${listed.replace(/^\//, "")}`;
    if (names.includes(name)) {
      throw new InputError(`${path}:${number}`, `the scene ${name} occurs twice`, "Keep one");
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
