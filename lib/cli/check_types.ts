import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { paperRoles } from "@/dsl/mod.ts";
import { shownPath, withPaths } from "@/dsl/checked.ts";
import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { cacheRoot } from "@/lib/tensor/provision/cache.ts";

/**
 * Has Deno check the types of files of experiments, and tells what it finds as any other wrong input. That nothing was found is
 * remembered, by the content of all that the check covers, in the user's cache; where that cannot be written, the next command
 * checks again.
 *
 * @param root The project's folder.
 * @param files The experiments', as whole paths.
 */
export async function checkTypes(
  root: string,
  files: readonly string[],
): Promise<readonly InputError[]> {
  const memo = await memoOf(root, files);
  if (memo !== undefined && await isRemembered(memo)) return [];
  const found = await findings(root, files);
  if (found.length === 0 && memo !== undefined) await remember(memo);
  return found;
}

async function findings(root: string, files: readonly string[]): Promise<readonly InputError[]> {
  if (files.length === 0) return [];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--frozen", ...files],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return [];
  const text = new TextDecoder().decode(stderr);
  const found = text.split(/\n\n(?=TS\d+ \[ERROR\])/).map(findingOf).filter((one) => one !== null);
  // What cannot be read at all hides what is wrong elsewhere.
  const unread = /^error: SyntaxError/.test(text.trim()) ? found[0]?.place : undefined;
  const rest = files.filter((file) => unread?.replace(/:\d+$/, "") !== shownPath(file));
  if (unread !== undefined && rest.length < files.length) {
    return [...found, ...await findings(root, rest)];
  }
  return found.length > 0 ? found : [
    new InputError(
      "experiments",
      `their types cannot be checked: ${text.trim().split("\n")[0]!.replace(/^error: |\.$/g, "")}`,
      "deno check experiments says more",
    ),
  ];
}

/** One of the compiler's findings: its first line says what, and the first place it names is where. */
function findingOf(text: string): InputError | null {
  const [, url, line] = /^ +at (file:\/\/\S+):(\d+):\d+$/m.exec(text) ?? [];
  if (url === undefined) return null;
  const [said = ""] = text.trim().split("\n");
  const whole = withPaths(said.replace(/^(?:TS\d+ \[ERROR\]|error): /, ""));
  const [, what, hint = ""] = /^(.*?)\.?( Did you mean .*)?$/.exec(whole)!;
  return new InputError(
    `${shownPath(fileURLToPath(url))}:${line}`,
    what!,
    hint.trim() || roleRemedy(what!) || "Correct this line; deno check experiments says more",
  );
}

/** What to write where a word stands for a role, which no other mistake in a role's place looks like. */
function roleRemedy(what: string): string | undefined {
  const [, word] = /'"([^"]+)"' is not assignable to .*\bRole\b/.exec(what) ?? [];
  return word && `Choose among ${paperRoles.join(", ")}, or write role("${word}") for your own`;
}

/** Where it is remembered that nothing was found; nowhere if no cache is there. */
async function memoOf(root: string, files: readonly string[]): Promise<string | undefined> {
  try {
    const covered = await withImports(root, [
      ...files,
      resolve(root, "deno.json"),
      resolve(root, "deno.lock"),
    ]);
    const texts = [...covered].map(([path, text]) => `${path}\n${text}`).sort();
    return `${cacheRoot()}/checked/${sha256([Deno.version.deno, ...texts].join("\n\0\n"))}`;
  } catch {
    return undefined;
  }
}

// What stands in a comment may look like an import too: then one file more is covered, or one that is not there is not.
const importPattern = /\b(?:from|import)\s*\(?\s*["']((?:@|\.{1,2})\/[^"'\n]+)["']/g;

/** The texts of files and of all files that they import, however far away, by their paths; packages are in the lock file. */
async function withImports(
  root: string,
  files: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const read = async (path: string): Promise<void> => {
    if (texts.has(path)) return;
    texts.set(path, "");
    const text = await Deno.readTextFile(path);
    texts.set(path, text);
    const imported = [...text.matchAll(importPattern)].map(([, module]) =>
      module!.startsWith("@/") ? resolve(root, module!.slice(2)) : resolve(dirname(path), module!)
    );
    await Promise.all(imported.map((one) => read(one).catch(() => {})));
  };
  await Promise.all(files.map(read));
  return texts;
}

/** Whether it is remembered; of a cache that cannot be read it is not. */
async function isRemembered(memo: string): Promise<boolean> {
  return await exists(memo).catch(() => false);
}

async function remember(memo: string): Promise<void> {
  try {
    await Deno.mkdir(resolve(memo, ".."), { recursive: true });
    await Deno.writeTextFile(memo, "");
  } catch {
    // A cache that cannot be written costs time alone.
  }
}
