import { dirname, resolve } from "node:path";
import { InputError, refuse, refusingTogether } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import type { Adapter } from "@/lib/data/adapters/adapter.ts";
import { adapterOf, adapters, type Binding, type FormName } from "@/lib/data/adapters/mod.ts";
import { pathForms, resolvePath } from "@/lib/data/files/bound_paths.ts";
import { fieldErrors } from "@/lib/base/field_errors.ts";
import { readYaml } from "@/lib/base/yaml_file.ts";
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
 * @throws {InputError | InputErrors} As `readBindings()` does.
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
 * @throws {InputError | InputErrors} Each naming file, line, field, value and remedy: the file cannot be read, is not YAML,
 * has a role that is none or not used, an unknown kind or field, or names a path that does not exist.
 */
export async function readBindings(
  file: string,
  options: BindOptions = {},
): Promise<Record<string, Binding>> {
  const { entries, placeOf } = await readYaml(file, {
    names: "roles",
    missing: "Name a YAML file that binds roles to data sets",
    example,
  });
  const bindings = new Map<string, Binding>();
  await refusingTogether(
    Object.entries(entries).flatMap(([role, value]) => {
      const placeOfRole = (...fields: string[]) => placeOf(role, ...fields);
      const base = dirname(resolve(file));
      return [
        () => checkRole(role, { ...options, place: placeOf(role) }),
        async () =>
          void bindings.set(role, await readBinding(value, { base, placeOf: placeOfRole })),
      ];
    }),
  );
  return Object.fromEntries(bindings);
}

/**
 * The bindings that an experiment brings for roles of its own.
 *
 * @param sets The data set of each role, with the fields that `data.yaml` has.
 * @param at `base`: the folder at which relative paths start; `place`: the experiment, for messages.
 * @throws {InputError | InputErrors} As {@linkcode readBindings} does.
 */
export async function bindDeclared(
  sets: Readonly<Record<string, unknown>>,
  { base, place }: { readonly base: string; readonly place: string },
): Promise<Record<string, Binding>> {
  return Object.fromEntries(
    await refusingTogether(
      Object.entries(sets).map(([role, value]) => async () => {
        const placeOf = (...fields: string[]) => `${place}: data.${[role, ...fields].join(".")}`;
        return [role, await readBinding(value, { base, placeOf })] as const;
      }),
    ),
  );
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
      `"${name}" cannot be the name of a role`,
      "Begin with a letter, and use letters, digits, - and _",
    );
  }
  if (roles === undefined || roles.includes(name)) return;
  throw new InputError(
    place,
    `no experiment uses the role "${name}"`,
    `${didYouMean(name, roles)}The roles are ${
      roles.join(", ")
    }; for one of your own, declare an experiment that names it: domain(role("${name}")), or bind it in a file of its own for deno task ask`,
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
      }Use one of ${known}; pictures from elsewhere are an image-folder once they are files in folders of their classes, or a csv of their paths and classes`,
    );
  }
  const form = await adapterOf({ dataset: name as FormName });
  const { data, error: { issues } = { issues: [] } } = form.schema.safeParse(value);
  const isSound = (field: string) => !issues.some(({ path }) => path[0] === field);
  const fields: Record<string, unknown> = { ...data ?? value };
  const paths = Object.entries(form.paths).filter(([field]) =>
    fields[field] !== undefined && isSound(field)
  );
  await refusingTogether([
    () =>
      refuse(fieldErrors(issues, {
        value,
        names: Object.keys(form.schema.shape),
        owner: `the data set "${name}"`,
        placeOf,
        remedyOf(field) {
          const pathKind = form.paths[field];
          return pathKind === undefined ? undefined : `Write ${pathForms[pathKind]}`;
        },
      })),
    ...paths.map(([field, pathKind]) => async () => {
      const given = fields[field] as string | string[];
      fields[field] = await resolvePath(given, { kind: pathKind, base, place: placeOf(field) });
    }),
  ]);
  return fields as Binding;
}
