import { isAbsolute } from "node:path";
import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
  type YAMLParseError,
} from "yaml";
import { InputError, refuse } from "@/lib/base/errors.ts";
import { decodeText, unreadable } from "@/lib/base/text_lines.ts";

/** What a YAML file of a person's holds. */
export interface YamlFile {
  /** A mapping by its names, empty for a file that holds nothing. */
  readonly entries: Readonly<Record<string, unknown>>;
  /** The place of a field for messages, by the names that lead to it: `data.yaml:3: species.path`. */
  placeOf(...fields: readonly string[]): string;
}

/**
 * Reads a YAML file that holds one mapping.
 *
 * @param words `names`: what its names are, for messages; `missing`: the remedy where the file is not there; `example`: the remedy
 * where it holds no mapping.
 * @throws {InputError | InputErrors} Each naming file and line: the file cannot be read, is not YAML, or holds something else.
 */
export async function readYaml(
  file: string,
  words: { readonly names: string; readonly missing: string; readonly example: string },
): Promise<YamlFile> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(file, words.missing), {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
  });
  const placeAt = (offset: number | undefined) =>
    offset === undefined ? file : `${file}:${lines.linePos(offset).line}`;
  refuse(
    independentErrors(document.errors).map(({ code, pos: [start] }) => {
      const [problem, remedy] = code === "MULTIPLE_DOCS"
        ? ["a second document begins here", `Write all ${words.names} in one, without ---`]
        : syntaxErrors[code] ?? ["this line is not valid YAML", correct];
      return new InputError(placeAt(start), problem, remedy);
    }),
  );
  const value = plainValue(document, placeAt) ?? {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new InputError(file, `the file holds ${JSON.stringify(value)}`, words.example);
  }
  return {
    entries: { ...value },
    placeOf(name = "", ...fields) {
      const node = fields.length === 0 ? undefined : document.getIn([name, ...fields], true);
      const range = node instanceof Object && "range" in node
        ? node.range as number[]
        : keyOf(document.contents, name)?.range;
      return `${placeAt(range?.[0])}: ${[name, ...fields].join(".")}`;
    },
  };
}

/** The errors that do not follow from one before them, as all may after a slip: the first, and names that stand twice. */
function independentErrors(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  const twice = errors.filter(({ code }) => code === "DUPLICATE_KEY");
  return twice.length === errors.length ? twice : errors.slice(0, 1);
}

const correct = "Correct it; text with *, {, #, a backslash or a colon needs 'single quotes'";

/** What a parser finds most often, and what to do about it. */
const syntaxErrors: {
  readonly [C in YAMLParseError["code"]]?: readonly [problem: string, remedy: string];
} = {
  BAD_DQ_ESCAPE: [
    'in "double quotes" a backslash begins an escape, and this one does not exist',
    "Use 'single quotes'",
  ],
  BAD_INDENT: [
    "this line is not indented like its neighbours, or a bracket is not closed",
    "Indent all fields of a name by two spaces, and close every bracket",
  ],
  BAD_SCALAR_START: ["a value cannot begin with this character", "Put it in 'single quotes'"],
  BLOCK_AS_IMPLICIT_KEY: ["this line has two colons, or the next is indented too far", correct],
  DUPLICATE_KEY: ["the name on this line occurs twice", "Keep one of the two"],
  MISSING_CHAR: [
    "a colon, comma, bracket or quotation mark is missing on this line or above it",
    correct,
  ],
  MULTILINE_IMPLICIT_KEY: ["a colon is missing on this line", correct],
  TAB_AS_INDENT: ["this line is indented with a tab", "Indent it with spaces"],
  UNEXPECTED_TOKEN: ["something on this line does not belong there", correct],
};

/** The document's value, with what its aliases stand for. */
function plainValue(document: Document, placeAt: (offset?: number) => string): unknown {
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const { source, range } = alias;
      throw new InputError(
        placeAt(range?.[0]),
        `*${source} refers to &${source}, which is not defined above it`,
        "If it is meant as text, put it in 'single quotes'",
      );
    },
  });
  try {
    return document.toJS();
  } catch (error) {
    // How much they stand for shows only here.
    if (!(error instanceof ReferenceError)) throw error;
    throw new InputError(placeAt(), "its aliases (*) stand for too much", "Write the values out");
  }
}

/** The key of a name, which may be a number in the document and no longer in the plain object. */
function keyOf(contents: unknown, name: string): Scalar | undefined {
  if (!isMap(contents)) return undefined;
  return contents.items.map(({ key }) => key).filter((key) => isScalar(key))
    .find(({ value }) => String(value ?? "") === name);
}

async function readText(file: string, missing: string): Promise<string> {
  const bytes = await Deno.readFile(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw unreadable(file, error);
    const from = isAbsolute(file) ? "" : `; relative paths start at ${Deno.cwd()}`;
    throw new InputError(file, "the file does not exist", `${missing}${from}`);
  });
  return decodeText(bytes, file);
}
