import { basename } from "node:path";
import { namesIn } from "@/lib/base/files.ts";

/**
 * What lies in a store's folder of frozen code and is of no project that is in use: code, and the packages, Deno and libraries that
 * nothing which stays runs with.
 *
 * @param shelf That folder. Code in it has 16 hex digits for a name, and links to what it runs with.
 * @param projects The folders of code that are in use, wherever who named them saw the store.
 * @returns Their paths, code first.
 */
export async function oldCode(
  shelf: string,
  projects: readonly string[],
): Promise<readonly string[]> {
  const used = new Set(projects.map((path) => basename(path)));
  const all = await namesIn(shelf);
  const code = all.filter((name) => /^[0-9a-f]{16}$/.test(name));
  const kept = code.filter((name) => used.has(name));
  const links = await Promise.all(
    kept.flatMap((name) => ["deno", "npm"].map((link) => readLink(`${shelf}/${name}/${link}`))),
  );
  // As ../NAME or ../NAME/deno.
  const linked = new Set(links.map((target) => target.split("/")[1]));
  const beside = all.filter((name) => /^(deno|packages)-/.test(name) && !name.endsWith(".tmp"));
  const libraries = kept.length > 0 ? [] : await namesIn(`${shelf}/libraries`);
  return [
    ...code.filter((name) => !used.has(name)),
    ...beside.filter((name) => !linked.has(name)),
    ...libraries.filter((name) => !name.endsWith(".tmp")).map((name) => `libraries/${name}`),
  ].map((name) => `${shelf}/${name}`);
}

async function readLink(path: string): Promise<string> {
  return await Deno.readLink(path).catch(() => "");
}
