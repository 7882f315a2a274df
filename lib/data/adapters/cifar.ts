import { InputError } from "@/lib/base/errors.ts";
import { openTree } from "@/lib/data/files/file_tree.ts";
import type { SourceFile } from "@/lib/data/files/source_file.ts";
import { decodeText } from "@/lib/base/text_lines.ts";

/** Side of a CIFAR picture, in pixels. */
const SIDE = 32;
const PLANE = SIDE * SIDE;

/** A file of CIFAR's binary version. */
export interface CifarFile {
  /** For messages; its last part is the file's name. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files of a CIFAR set. */
export interface CifarFiles {
  /** In the order of the names that were asked for. */
  readonly files: readonly CifarFile[];
  /** Absolute paths of what they were read from. */
  readonly sources: readonly string[];
}

/**
 * Reads files of the binary version, wherever they stand below a folder or in its tar.
 *
 * @param wanted `names`: of the files; `archive`: how the tar is called that holds them.
 * @throws {InputError} If one is missing, naming another version that is there instead, or stands there twice.
 */
export async function readCifarFiles(
  path: string,
  { names, archive }: { readonly names: readonly string[]; readonly archive: string },
): Promise<CifarFiles> {
  using tree = openTree(path);
  const placeOf = (file: string) => `${path}${tree.kind === "folder" ? "/" : ": "}${file}`;
  const found = new Map<string, SourceFile>(), others: string[] = [];
  for await (const file of tree.walk()) {
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    const known = found.get(name);
    if (known !== undefined && known.path !== file.path) {
      throw new InputError(
        path,
        `it holds both ${known.path} and ${file.path}`,
        "Name the folder of one",
      );
    }
    if (names.includes(name)) found.set(name, file);
    else others.push(file.path);
  }
  const missing = names.find((name) => !found.has(name));
  if (missing !== undefined) {
    const instead = versions.flatMap(({ is, what }) => {
      const file = others.find((path) => is.test(path));
      return file === undefined ? [] : [`; there is ${file}, ${what}`];
    })[0] ?? "";
    throw new InputError(
      placeOf(missing),
      `the file is missing${instead}`,
      `Use the binary version of CIFAR: ${archive}, packed or unpacked`,
    );
  }
  const wanted = names.map((name) => found.get(name)!);
  const bytes = new Map<SourceFile, Uint8Array>();
  // In their order, so that a compressed tar is read once.
  for (const file of wanted.toSorted((a, b) => a.offset - b.offset)) {
    bytes.set(file, await tree.read(file));
  }
  const files = wanted.map((file) => ({ path: placeOf(file.path), bytes: bytes.get(file)! }));
  return { files, sources: tree.kind === "folder" ? files.map(({ path }) => path) : [path] };
}

/** What else may lie there, by a file's name. */
const versions = [
  {
    is: /(^|\/)cifar-100?-binary\.(tar|tar\.gz|tgz)$/,
    what: "which holds it and can be named itself",
  },
  { is: /\.mat$/, what: "of the version for MATLAB" },
  {
    is:
      /(^|\/)(data_batch_\d|test_batch|batches\.meta|train|test|meta|cifar-100?-python\.tar\.gz)$/,
    what: "of the version for Python",
  },
  {
    is: /(^|\/)(data_batch_1|test_batch|train|test)\.bin$/,
    what: "of the other of CIFAR-10 and CIFAR-100",
  },
];

/** The records of a binary file of CIFAR: some label bytes and a picture, each. */
export interface CifarRecords {
  readonly path: string;
  readonly count: number;
  /** The label bytes of a record. */
  labels(index: number): Uint8Array;
  /** A picture, RGB of 0 to 255, `[32, 32, 3]`. */
  picture(index: number): Uint8Array;
}

/**
 * The records of a binary file of CIFAR-10 or CIFAR-100.
 *
 * @param labelBytes Label bytes before each picture: 1 or 2.
 * @throws {InputError} If its size is no whole number of records.
 */
export function recordsOf({ path, bytes }: CifarFile, labelBytes: number): CifarRecords {
  const record = labelBytes + 3 * PLANE;
  if (bytes.length === 0 || bytes.length % record !== 0) {
    throw new InputError(
      path,
      `it has ${bytes.length} bytes, which is not a whole number of records of ${record}`,
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
export function namesOf({ path, bytes }: CifarFile, count: number): string[] {
  const lines = decodeText(bytes, path).split("\n").map((line) => line.trim());
  const names = lines.filter((line) => line !== "");
  if (names.length === count) return names;
  throw new InputError(path, `it names ${names.length} classes`, `Name ${count}, a line each`);
}
