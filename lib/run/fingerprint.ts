import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  type Choice,
  kinds,
  type Step,
  type StepKind,
  stepKinds,
  type StepOf,
  type Variants,
} from "@/lib/plan/mod.ts";
import { codeWith, readSource, type Source } from "@/lib/run/source.ts";
import { type CodeOf, type Parts, partsHash } from "@/lib/store/mod.ts";

/** Reads a file of the project by its path in it. */
export type ReadFile = (path: string) => Promise<string>;

/** Reads the files of a folder. */
export function filesIn(root: string): ReadFile {
  return (path) => Deno.readTextFile(`${root}/${path}`);
}

/** The registry of each choice: of the modules that its members import lazily a step reaches those that its recipe names. */
const registries: Readonly<Record<Choice, string>> = {
  adapter: "lib/data/adapters/mod.ts",
  corruption: "lib/data/corruptions/mod.ts",
  floor: "lib/probe/floors/mod.ts",
  objective: "lib/objective/mod.ts",
  probe: "lib/probe/mod.ts",
};

// Drawings are counted by the version of the worlds, a part of the identity that an ingest's recipe has.
const versioned = "lib/worlds/";

/** The code fingerprint of each step, and what it is the hash of: each module by its path, each package's version by its name. */
export interface Code extends CodeOf {
  parts(step: Step): Parts;
}

/**
 * The code fingerprint of each step: a hash of every module of this project that its own work reaches, without comments and
 * layout, and of the versions of the packages that these import. Imports at run time count like others; where a registry
 * offers several modules, those alone that the step's recipe names.
 */
export async function readCode(read: ReadFile): Promise<Code> {
  const graph = await readGraph(read, stepKinds.map(moduleOf));
  const known = new Map<string, { readonly parts: Parts; readonly hash: string }>();
  const codeOf = (step: Step) => {
    const variants = variantsOf(step);
    const id = `${step.kind} ${canonicalJson(variants)}`;
    const found = known.get(id) ?? hashed(partsOf(graph, moduleOf(step.kind), variants));
    known.set(id, found);
    return found;
  };
  return Object.assign((step: Step) => codeOf(step).hash, {
    parts: (step: Step) => codeOf(step).parts,
  });
}

/** The code fingerprint of one module and of all that it reaches. */
export async function fingerprintOf(read: ReadFile, entry: string): Promise<string> {
  return partsHash(partsOf(await readGraph(read, [entry]), entry, {}));
}

function hashed(parts: Parts): { readonly parts: Parts; readonly hash: string } {
  return { parts, hash: partsHash(parts) };
}

/** The module that works a kind. */
function moduleOf(kind: StepKind): string {
  return `lib/run/kinds/${kind}.ts`;
}

function variantsOf<K extends StepKind>({ kind, spec }: StepOf<K>): Variants {
  return kinds[kind].variants(spec);
}

/** Modules by their paths, and the versions of packages. */
interface Graph {
  readonly modules: ReadonlyMap<string, Source & { readonly hash: string }>;
  readonly packages: Readonly<Record<string, string>>;
}

async function readGraph(read: ReadFile, entries: readonly string[]): Promise<Graph> {
  const settings = JSON.parse(await read("deno.json"));
  const modules = new Map<string, Source & { readonly hash: string }>();
  const walk = async (path: string): Promise<void> => {
    if (modules.has(path) || path.startsWith(versioned)) return;
    const source = readSource(await read(path));
    modules.set(path, { ...source, hash: sha256(source.code) });
    const all = [...source.imports, ...source.lazy.map(({ module }) => module)];
    for (const one of all) if (one.startsWith("@/")) await walk(one.slice(2));
  };
  for (const entry of entries) await walk(entry);
  return { modules, packages: settings.imports };
}

function partsOf({ modules, packages }: Graph, entry: string, variants: Variants): Parts {
  const taken = new Map(
    Object.entries(variants).map(([choice, names]) => [registries[choice as Choice], names]),
  );
  const reached = new Map<string, string>();
  const walk = (path: string): void => {
    if (reached.has(path) || path.startsWith(versioned)) return;
    const source = modules.get(path)!;
    const names = taken.get(path);
    reached.set(path, names === undefined ? source.hash : sha256(codeWith(source, names)));
    for (const one of [...source.imports, ...lazyOf(path, source, names)]) {
      if (one.startsWith("@/")) walk(one.slice(2));
      else reached.set(one, packageOf(one, packages));
    }
  };
  walk(entry);
  return Object.fromEntries(reached);
}

/** What a module imports at run time, of the members of a registry those alone that are taken. */
function lazyOf(
  path: string,
  { lazy }: Source,
  names: readonly string[] | undefined,
): readonly string[] {
  if (names === undefined) return lazy.map(({ module }) => module);
  const absent = names.find((name) => !lazy.some((one) => one.name === name));
  if (absent !== undefined) throw new TypeError(`${path} has no member ${absent}`);
  return lazy.filter(({ name }) => name === null || names.includes(name))
    .map(({ module }) => module);
}

function packageOf(specifier: string, packages: Readonly<Record<string, string>>): string {
  const name = Object.keys(packages).find((one) =>
    specifier === one || (one.endsWith("/") && one !== "@/" && specifier.startsWith(one))
  );
  return name === undefined ? specifier : packages[name]!;
}
