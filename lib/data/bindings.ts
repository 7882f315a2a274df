import { dirname, resolve } from "node:path";
import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  type YAMLParseError,
} from "yaml";
import type * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import type { Adapter } from "@/lib/data/adapters/adapter.ts";
import { adapterOf, adapters, type Binding, type FormName } from "@/lib/data/adapters/mod.ts";
import { pathForms, resolvePath } from "@/lib/data/files/bound_paths.ts";
import { decodeText, unreadable } from "@/lib/data/files/text_lines.ts";
import { worldNames } from "@/lib/worlds/mod.ts";

type Form = Pick<Adapter, "schema" | "paths">;

const formNames: readonly string[] = Object.keys(adapters);

/** The bindings of a machine without a `data.yaml`: each world under its role's name. */
export function defaultBindings(): Record<string, Binding> {
  return Object.fromEntries(worldNames.map((world) => [world, { dataset: "world", world }]));
}

/** What a file may bind. */
export interface BindOptions {
  /** The roles that are used; any by default. */
  readonly roles?: readonly string[];
}

/**
 * The bindings in force: those of the file, and the built-in worlds for the roles that it leaves out.
 *
 * @param file A `data.yaml`; without it the worlds alone.
 * @throws {InputError} As `readBindings()` does.
 */
export async function bind(
  file?: string,
  options: BindOptions = {},
): Promise<Record<string, Binding>> {
  return { ...defaultBindings(), ...(file === undefined ? {} : await readBindings(file, options)) };
}

/**
 * Reads a `data.yaml`: a mapping from roles to data sets. Relative paths start at the file's own folder.
 *
 * @throws {InputError} Naming file, line, field, value and remedy, if the file cannot be read, is no YAML, has a role that
 * is none or not used, an unknown kind or field, or names a path that does not exist.
 */
export async function readBindings(
  file: string,
  options: BindOptions = {},
): Promise<Record<string, Binding>> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(file), {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
  });
  const [syntax] = document.errors;
  if (syntax) throw syntaxError(syntax, `${file}:${lines.linePos(syntax.pos[0]).line}`);
  const roles = plainValue(document, file) ?? {};
  if (typeof roles !== "object" || Array.isArray(roles)) {
    throw new InputError(file, `the file holds ${JSON.stringify(roles)}`, example);
  }
  const bindings: [string, Binding][] = [];
  for (const [role, value] of Object.entries(roles)) {
    const placeOf = (...fields: string[]): string => {
      const node = fields.length === 0 ? undefined : document.getIn([role, ...fields], true);
      const range = node instanceof Object && "range" in node
        ? node.range as number[]
        : keyOf(document.contents, role)?.range;
      const line = range ? `:${lines.linePos(range[0]!).line}` : "";
      return `${file}${line}: ${[role, ...fields].join(".")}`;
    };
    checkRole(role, { ...options, place: placeOf() });
    bindings.push([role, await readBinding(value, { base: dirname(resolve(file)), placeOf })]);
  }
  return Object.fromEntries(bindings);
}

/** What is wrong with the file as YAML, as a sentence. */
function syntaxError({ code, message }: YAMLParseError, place: string): InputError {
  if (code === "DUPLICATE_KEY") {
    return new InputError(place, "the name on this line stands twice", "Keep one of the two");
  }
  if (code === "MULTIPLE_DOCS") {
    return new InputError(
      place,
      "a second document begins here",
      "Write all roles in one, without ---",
    );
  }
  return new InputError(place, `the YAML cannot be read: ${message}`, `Mend this line; ${quotes}`);
}

const quotes = "texts with *, {, #, a backslash or a colon stand in 'single quotes'";

/** The document's value, with what its aliases stand for. */
function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that stand for nothing, or for too much, show only here.
    if (!(error instanceof ReferenceError)) throw error;
    throw new InputError(
      file,
      `the YAML cannot be read: ${error.message}`,
      `A * begins an alias; ${quotes}`,
    );
  }
}

/** The key of a role, which may be a number in the document and no longer in the plain object. */
function keyOf(contents: unknown, role: string): Scalar | undefined {
  if (!isMap(contents)) return undefined;
  return contents.items.map(({ key }) => key).filter((key) => isScalar(key))
    .find(({ value }) => String(value ?? "") === role);
}

const example =
  "Write one line a role, such as species: { dataset: image-folder, path: photos/species.tar }";

function checkRole(
  name: string,
  { roles, place }: BindOptions & { readonly place: string },
): void {
  if (!/^\p{L}[\p{L}\p{N}_-]*$/u.test(name.normalize("NFC"))) {
    throw new InputError(
      place,
      `"${name}" is no name of a role`,
      "Begin with a letter, and use letters, digits, - and _",
    );
  }
  if (roles === undefined || roles.includes(name)) return;
  throw new InputError(
    place,
    `no experiment uses the role "${name}"`,
    `${didYouMean(name, roles)}The roles are ${
      roles.join(", ")
    }; for one of your own, declare an experiment that names it: domain(role("${name}"))`,
  );
}

interface Context {
  /** The folder at which relative paths start. */
  readonly base: string;
  /** The place of the role, or of a field of it, for messages. */
  placeOf(...fields: string[]): string;
}

async function readBinding(value: unknown, context: Context): Promise<Binding> {
  const { base, placeOf } = context;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(placeOf(), `the value is ${JSON.stringify(value)}`, example);
  }
  const name: unknown = "dataset" in value ? value.dataset : undefined;
  const known = formNames.join(", ");
  if (name === undefined) {
    throw new InputError(placeOf("dataset"), "the field is missing", `Use one of ${known}`);
  }
  if (!formNames.includes(String(name))) {
    throw new InputError(
      placeOf("dataset"),
      `the data set ${JSON.stringify(name)} is unknown`,
      `${
        didYouMean(String(name), formNames)
      }Use one of ${known}; pictures from elsewhere are an image-folder once they are files in folders of their classes`,
    );
  }
  const form = await adapterOf({ dataset: name as FormName });
  const parsed = form.schema.safeParse(value);
  if (!parsed.success) {
    // A misspelt field is why another is missing.
    const { issues } = parsed.error;
    const fields = Object.keys(form.schema.shape);
    const misspelt = issues.find((one) =>
      one.code === "unrecognized_keys" && didYouMean(one.keys[0]!, fields) !== ""
    );
    const issue = misspelt ?? issues[0]!;
    throw fieldError(issue, { value, name: String(name), form, placeOf });
  }
  const fields: Record<string, unknown> = { ...parsed.data };
  for (const [field, pathKind] of Object.entries(form.paths)) {
    if (fields[field] === undefined) continue;
    const given = fields[field] as string | string[];
    fields[field] = await resolvePath(given, { kind: pathKind, base, place: placeOf(field) });
  }
  return fields as unknown as Binding;
}

/** One problem that the schema found, as a sentence. */
function fieldError(
  issue: z.core.$ZodIssue,
  { value, name, form, placeOf }: {
    readonly value: object;
    readonly name: string;
    readonly form: Form;
    readonly placeOf: Context["placeOf"];
  },
): InputError {
  const names = Object.keys(form.schema.shape);
  const fields = names.join(", ");
  if (issue.code === "unrecognized_keys") {
    const [field] = issue.keys;
    const hint = didYouMean(field!, names);
    return new InputError(
      placeOf(field!),
      `the field "${field}" is unknown for the data set "${name}"`,
      `${hint}${hint === "" ? "Remove" : "Correct"} it; the fields are ${fields}`,
    );
  }
  const field = String(issue.path[0]);
  const current = Object.entries(value).find(([name]) => name === field)?.[1];
  const pathKind = form.paths[field];
  return new InputError(
    placeOf(field),
    current === undefined ? "the field is missing" : `the value is ${JSON.stringify(current)}`,
    pathKind !== undefined
      ? `Write ${pathForms[pathKind]}`
      : issue.code === "invalid_value"
      ? `${didYouMean(String(current), issue.values.map(String))}Use one of ${
        issue.values.join(", ")
      }`
      : `Mend it (${issue.message}); the fields are ${fields}`,
  );
}

async function readText(file: string): Promise<string> {
  const bytes = await Deno.readFile(file).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw unreadable(file, error);
    throw new InputError(
      file,
      "the file does not exist",
      "Name a YAML file that binds roles to data sets",
    );
  });
  return decodeText(bytes, file);
}
