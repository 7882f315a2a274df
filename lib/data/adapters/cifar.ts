import { InputError } from "@/lib/base/errors.ts";
import { readLines } from "@/lib/data/text_lines.ts";

/** Side of a CIFAR picture, in pixels. */
const SIDE = 32;
const PLANE = SIDE * SIDE;

/** The binary files of CIFAR: records of some label bytes and a picture, each. */
export interface CifarRecords {
  readonly path: string;
  readonly count: number;
  /** The label bytes of a record. */
  labels(index: number): Uint8Array;
  /** A picture, RGB of 0 to 255, `[32, 32, 3]`. */
  picture(index: number): Uint8Array;
}

/**
 * Reads a binary file of CIFAR-10 or CIFAR-100.
 *
 * @param labelBytes Label bytes before each picture: 1 or 2.
 * @throws {InputError} If it cannot be read, or its size is no whole number of records.
 */
export async function readRecords(path: string, labelBytes: number): Promise<CifarRecords> {
  const record = labelBytes + 3 * PLANE;
  const bytes = await Deno.readFile(path).catch(() => {
    throw new InputError(path, "the file is missing", "Unpack the binary version of CIFAR there");
  });
  if (bytes.length === 0 || bytes.length % record !== 0) {
    throw new InputError(
      path,
      `it has ${bytes.length} bytes, which is no whole number of records of ${record}`,
      "Copy it again, and use the binary version, not that for Python or MATLAB",
    );
  }
  return {
    path,
    count: bytes.length / record,
    labels: (index) => bytes.subarray(index * record, index * record + labelBytes),
    picture(index) {
      const start = index * record + labelBytes;
      const pixels = new Uint8Array(3 * PLANE);
      for (let i = 0; i < PLANE; i++) {
        for (let c = 0; c < 3; c++) pixels[3 * i + c] = bytes[start + c * PLANE + i]!;
      }
      return pixels;
    },
  };
}

/**
 * The names of classes, a line each.
 *
 * @throws {InputError} If there is another number of them.
 */
export async function readNames(path: string, count: number): Promise<string[]> {
  const names: string[] = [];
  for await (const { text } of readLines(path)) names.push(text.trim());
  if (names.length === count) return names;
  throw new InputError(path, `it names ${names.length} classes`, `Name ${count}, a line each`);
}
