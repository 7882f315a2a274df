import { relative } from "node:path";
import { exists } from "@/lib/base/files.ts";
import { InputError } from "@/lib/base/errors.ts";

/**
 * The file of a name that lies in the project's folder or beside the experiments.
 *
 * @param root The project's folder.
 * @param option The option that names another.
 * @returns Its path from here; nothing where there is none.
 * @throws {InputError} If there are two such files.
 */
export async function fileBeside(
  name: string,
  root: string,
  option: string,
): Promise<string | undefined> {
  const found: string[] = [];
  for (const path of [`${root}/${name}`, `${root}/experiments/${name}`]) {
    if (await exists(path)) found.push(relative(Deno.cwd(), path));
  }
  if (found.length > 1) {
    throw new InputError(
      option,
      `there are both ${found.join(" and ")}`,
      `Name one of them with ${option}, or remove one`,
    );
  }
  return found[0];
}
