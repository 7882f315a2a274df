import { InputError } from "@/lib/base/errors.ts";
import { readLines } from "@/lib/base/text_lines.ts";

/** What each line of a file of ground truth holds. */
export type TruthForm = "ids" | "numbers" | "named ids" | "named numbers";

/** A line of ground truth. */
export interface TruthLine {
  /** Of the line, from 1. */
  readonly number: number;
  /** The image's, where lines have names. */
  readonly name: string | undefined;
  /** A WordNet id, or a number. */
  readonly value: string;
}

const words: Readonly<Record<TruthForm, string>> = {
  ids: "a WordNet id",
  numbers: "a number",
  "named ids": "a name and a WordNet id",
  "named numbers": "a name and a number",
};

/**
 * Reads a file of ground truth, whose form its lines themselves tell. A first line without a digit is a header; cells are
 * separated by spaces, tabs or a comma, and boxes after the class do not count.
 *
 * @throws {InputError} Naming the line that has no such form, or another than those before it.
 */
export async function truthLines(
  path: string,
  add: (line: TruthLine) => void,
): Promise<{ readonly form: TruthForm }> {
  let form: TruthForm | undefined, isFirst = true;
  for await (const { text, number } of readLines(path)) {
    const mayBeHeader = isFirst;
    isFirst = false;
    if (mayBeHeader && !/\d/.test(text)) continue;
    const found = readLine(text);
    if (found === undefined || (form !== undefined && found.form !== form)) {
      throw new InputError(
        `${path}:${number}`,
        `the line is "${text.trim().slice(0, 100)}"${
          form === undefined ? "" : `, and each line before has ${words[form]}`
        }`,
        `Write ${Object.values(words).join(", or ")} a line, the same in each`,
      );
    }
    form = found.form;
    add({ number, name: found.name, value: found.value });
  }
  if (form === undefined) throw new InputError(path, "it has no line", "Copy it again");
  return { form };
}

function readLine(text: string): { form: TruthForm; name?: string; value: string } | undefined {
  const cells = text.replaceAll('"', "").trim().split(/[\s,]+/).filter((cell) => cell !== "");
  const [first, second, ...rest] = cells as [string, ...string[]];
  if (second === undefined) {
    if (isId(first)) return { form: "ids", value: first };
    return isNumber(first) ? { form: "numbers", value: first } : undefined;
  }
  if (isId(first) || isNumber(first)) return undefined;
  if (isId(second)) {
    const isRight = rest.every((cell) => isId(cell) ? cell === second : !isNaN(Number(cell)));
    return isRight ? { form: "named ids", name: first, value: second } : undefined;
  }
  const isRight = isNumber(second) && rest.length === 0;
  return isRight ? { form: "named numbers", name: first, value: second } : undefined;
}

function isId(cell: string): boolean {
  return /^n\d{8}$/.test(cell);
}

function isNumber(cell: string): boolean {
  return /^\d+$/.test(cell);
}
