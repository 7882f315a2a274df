import jsTokens from "js-tokens";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { type StepKind, stepVersions } from "@/lib/plan/mod.ts";

// Those that are loaded when needed, too.
const importPattern = /\b(?:from|import)\s*\(?\s*"([^"]+)"/g;
const typeImport = /^\s*(?:import|export)\s+type\s[^;]*?;/gms;

/**
 * The code fingerprint of each kind of step: a hash of every module of this project that its work reaches, without
 * comments and layout, and of the versions of the packages that these import.
 *
 * @param root The project's folder.
 */
export async function fingerprints(root: string): Promise<Readonly<Record<StepKind, string>>> {
  const modules = new Map<string, Module>();
  const kinds = Object.keys(stepVersions) as StepKind[];
  const entries: [StepKind, string][] = [];
  for (const kind of kinds) {
    entries.push([kind, await fingerprintOf(root, `lib/run/kinds/${kind}.ts`, modules)]);
  }
  return Object.fromEntries(entries) as Record<StepKind, string>;
}

/**
 * The code fingerprint of one module and of all that it reaches.
 *
 * @param root The project's folder.
 * @param entry The module's path in it.
 * @param modules Modules read before.
 */
export async function fingerprintOf(
  root: string,
  entry: string,
  modules: Map<string, Module> = new Map(),
): Promise<string> {
  const settings = JSON.parse(await Deno.readTextFile(`${root}/deno.json`));
  const packages = settings.imports as Readonly<Record<string, string>>;
  const reached = new Map<string, string>();
  const walk = async (path: string): Promise<void> => {
    if (reached.has(path)) return;
    const module = modules.get(path) ?? readModule(await Deno.readTextFile(`${root}/${path}`));
    modules.set(path, module);
    reached.set(path, module.hash);
    for (const specifier of module.imports) {
      if (specifier.startsWith("@/")) await walk(specifier.slice(2));
      else reached.set(specifier, packageOf(specifier, packages));
    }
  };
  await walk(entry);
  return sha256(canonicalJson(Object.fromEntries(reached)));
}

/** What a module's text means to a fingerprint. */
export interface Module {
  readonly hash: string;
  readonly imports: readonly string[];
}

/** The parts of a module's text that can change what it does: its tokens, and what it imports as values, at once or later. */
export function readModule(text: string): Module {
  const code = codeOf(text);
  const values = text.replace(typeImport, "");
  return {
    hash: sha256(code),
    imports: [...values.matchAll(importPattern)].map((match) => match[1]!),
  };
}

/** The tokens of a program, one a line: equal for texts that differ only in comments and white space. */
function codeOf(text: string): string {
  const tokens: string[] = [];
  for (const token of jsTokens(text)) {
    const { type, value } = token;
    const blank = type === "WhiteSpace" || type === "LineTerminatorSequence";
    const comment = type === "SingleLineComment" || type === "MultiLineComment";
    if (!blank && !comment) tokens.push(value);
  }
  // The formatter adds and drops commas before a closing bracket as lines break.
  return tokens.join("\n").replace(/\n,\n([)\]}>])/g, "\n$1");
}

function packageOf(specifier: string, packages: Readonly<Record<string, string>>): string {
  const name = Object.keys(packages).find((one) =>
    specifier === one || (one.endsWith("/") && one !== "@/" && specifier.startsWith(one))
  );
  return name === undefined ? specifier : packages[name]!;
}
