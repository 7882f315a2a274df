import { InputError, messageOf } from "@/lib/base/errors.ts";

/** A line of a text file, without its end. */
export interface TextLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * Reads a text file line by line, empty lines left out.
 *
 * @throws {InputError} If the file cannot be read or is no UTF-8.
 */
export async function* readLines(path: string): AsyncGenerator<TextLine> {
  let number = 0, rest = "";
  try {
    const file = await Deno.open(path);
    const texts = file.readable.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
    for await (const piece of texts) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        number++;
        const text = line.replace(/\r$/, "");
        if (text.trim() !== "") yield { number, text };
      }
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(path, `the file cannot be read: ${messageOf(error)}`, "Save it as UTF-8");
  }
  if (rest.trim() !== "") yield { number: number + 1, text: rest.replace(/\r$/, "") };
}
