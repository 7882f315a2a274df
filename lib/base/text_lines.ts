import { InputError, messageOf } from "@/lib/base/errors.ts";
import { explained } from "@/lib/base/system_errors.ts";

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
  const decoder = textDecoder(path);
  let number = 0, rest = "";
  for await (const bytes of piecesOf(path)) {
    const lines = (rest + decoder.decode(bytes)).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      number++;
      const text = line.replace(/\r$/, "");
      if (text.trim() !== "") yield { number, text };
    }
  }
  rest += decoder.end();
  if (rest.trim() !== "") yield { number: number + 1, text: rest.replace(/\r$/, "") };
}

/**
 * A whole text file.
 *
 * @throws {InputError} If the file cannot be read or is no UTF-8.
 */
export async function readText(path: string): Promise<string> {
  const bytes = await Deno.readFile(path).catch((error) => {
    throw unreadable(path, error);
  });
  return decodeText(bytes, path);
}

/**
 * The text of a file's bytes, without a byte order mark.
 *
 * @param place How the file is called, for messages.
 * @throws {InputError} If they are no UTF-8.
 */
export function decodeText(bytes: Uint8Array, place: string): string {
  const decoder = textDecoder(place);
  return decoder.decode(bytes) + decoder.end();
}

/** Why a file cannot be read, as an error for the person who named it. */
export function unreadable(path: string, error: unknown): InputError {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
    return new InputError(
      path,
      "the file does not exist",
      "Correct the path, or put the file there",
    );
  }
  if (error instanceof Deno.errors.IsADirectory) {
    return new InputError(path, "it is a folder", "Name a file");
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new InputError(path, "reading it is not permitted", "Allow it to be read");
  }
  const told = explained(error, path);
  if (told instanceof InputError) return told;
  return new InputError(path, `the file cannot be read: ${messageOf(error)}`, "Copy it again");
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    using file = await Deno.open(path);
    const piece = new Uint8Array(1 << 16);
    for (let read; (read = await file.read(piece)) !== null;) yield piece.subarray(0, read);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Decodes pieces of UTF-8, and says what else they are. */
function textDecoder(place: string) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  const decode = (bytes?: Uint8Array): string => {
    // Without these marks, text of 16 bits is mostly valid UTF-8 with a zero beside each letter.
    const begins = isFirst && bytes && bytes.length > 1 ? (bytes[0]! << 8) + bytes[1]! : 0;
    isFirst = false;
    const is16 = begins === 0xfffe || begins === 0xfeff;
    if (!is16 && !bytes?.includes(0)) {
      try {
        return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
    throw new InputError(
      place,
      is16
        ? "the text is UTF-16, not UTF-8"
        : bytes?.includes(0)
        ? "it holds zero bytes: it is not text, or not UTF-8"
        : "the text is not UTF-8",
      "Save it as UTF-8",
    );
  };
  return { decode, end: () => decode() };
}
