import { exists } from "@/lib/base/files.ts";
import { cacheRoot } from "@/lib/tensor/provision/cache.ts";

/**
 * The path of a Python that has a package, which is installed once a machine, outside of the checkout; `null` where it cannot be,
 * which is told.
 *
 * @param wanted The package with its version, as pip has it.
 */
export async function pythonWith(wanted: string): Promise<string | null> {
  const folder = `${cacheRoot()}/tests/${wanted.replaceAll(/[^\w.]+/g, "-")}`;
  const path = `${folder}/bin/python`;
  // Written last.
  if (await exists(`${folder}/whole`)) return path;
  try {
    await run("python3", "-m", "venv", "--clear", folder);
    await run(path, "-m", "pip", "install", "--quiet", wanted);
    await Deno.writeTextFile(`${folder}/whole`, "");
    return path;
  } catch (error) {
    const line = `tests that need ${wanted} are left out: ${error}\n`;
    Deno.stderr.writeSync(new TextEncoder().encode(line));
    return null;
  }
}

async function run(program: string, ...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1));
}
