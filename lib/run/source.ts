import jsTokens from "js-tokens";

/** What a module imports only when it is asked to. */
export interface LazyImport {
  readonly module: string;
  /** The name under which a registry has it, as in `simclr: () => import(…)`; `null` where it is no member of one. */
  readonly name: string | null;
}

/** What a module's text means to a fingerprint. */
export interface Source {
  /** Its tokens, one a line: equal for texts that differ only in comments and white space. */
  readonly code: string;
  /** What it imports as values. */
  readonly imports: readonly string[];
  readonly lazy: readonly LazyImport[];
}

// All of these see tokens, one a line.
const typeImport = /(?<=^|\n)(?:import|export)\ntype\n[^;]*?(?:;|$)/g;
const importPattern = /(?<=^|\n)(?:from|import)\n"([^"\n]+)"/g;
const lazyPattern = /(?<!(?:^|\n)typeof\n)(?<=^|\n)import\n\(\n"([^"\n]+)"/g;
// `name: () => import(…).then(…),` and `name: async () => (await import(…)).member,`
const memberPattern =
  /(?<=[{,]\n)"?([^"\n]+)"?\n:\n(?:async\n)?\(\n\)\n=>\n(?:\(\nawait\n)?import\n\(\n"([^"\n]+)"[^,{}]*(?:,\n)?/g;

/** Reads the parts of a module's text that can change what it does. */
export function readSource(text: string): Source {
  const code = codeOf(text);
  const values = code.replace(typeImport, "");
  const names = new Map(
    [...code.matchAll(memberPattern)].map(([, name, module]) => [module, name]),
  );
  return {
    code,
    imports: [...values.matchAll(importPattern)].map((match) => match[1]!),
    lazy: [...values.matchAll(lazyPattern)].map(([, module]) => ({
      module: module!,
      name: names.get(module) ?? null,
    })),
  };
}

/** The code of a registry as one sees it that takes some of its members alone, wherever they stand among the others. */
export function codeWith({ code }: Source, taken: readonly string[]): string {
  const members = [...code.matchAll(memberPattern)].filter(([, name]) => taken.includes(name!))
    .map(([member]) => member.replace(/[,\n]+$/, "")).sort();
  return [code.replace(memberPattern, ""), ...members].join("\n");
}

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
