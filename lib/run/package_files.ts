import { relative } from "node:path";
import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { filesUnder } from "@/lib/base/whole_folder.ts";

/**
 * The files of the npm packages of a project's lock file, where Deno keeps them, by their paths in its folder of packages. All of
 * them: Deno starts no program while one is missing.
 *
 * @param root The project's folder.
 * @throws {InputError} If Deno does not tell of them.
 */
export async function packageFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const { npmCache } = z.object({ npmCache: z.string() }).parse(await told());
  const { npmPackages } = z.object({
    npmPackages: z.record(z.string(), z.object({ localPath: z.string() })),
  }).parse(await told("--config", `${root}/deno.json`, `${root}/lib/cli/main.ts`));
  const files = new Map<string, string>();
  for (const { localPath } of Object.values(npmPackages)) {
    // Those for other systems are not there.
    if (!await exists(localPath)) continue;
    const within = relative(npmCache, localPath);
    for (const [path, whole] of await filesUnder(localPath)) files.set(`${within}/${path}`, whole);
  }
  return files;
}

/** What Deno tells of a program, or without one of itself. */
async function told(...program: readonly string[]): Promise<unknown> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", ...program],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (success) return JSON.parse(text(stdout));
  throw new InputError(
    "Deno",
    `it does not tell where packages lie: ${text(stderr).trim().split("\n")[0]}`,
    "deno install in the project's folder fetches them",
  );
}
