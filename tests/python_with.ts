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

/**
 * A Python that has a module, that of the virtual environment in force or `python3`; `null` where neither has it, which is told. For
 * modules that are too large to be installed for a test.
 */
export async function pythonThatHas(module: string): Promise<string | null> {
  const environment = Deno.env.get("VIRTUAL_ENV");
  const pythons = [...environment ? [`${environment}/bin/python`] : [], "python3"];
  for (const python of pythons) {
    const is = await run(python, "-c", `import ${module}`).then(() => true, () => false);
    if (is) return python;
  }
  const line = `tests that need a Python with ${module} are left out: ${pythons.join(", ")}\n`;
  Deno.stderr.writeSync(new TextEncoder().encode(line));
  return null;
}

async function run(program: string, ...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1));
}
