import { InputError } from "@/lib/base/errors.ts";
import { exists, namesIn } from "@/lib/base/files.ts";
import { runPython } from "@/lib/tensor/provision/python.ts";

/** Where this Python looks for packages, a folder a line. */
const PROGRAM = "import sys; print('\\n'.join(sys.path))";

/** A Python that takes longer does not count. */
const TIMEOUT = 20_000;

/**
 * The PJRT plugins that Python packages of this machine hold: of the virtual environment that `VIRTUAL_ENV` names, else of the
 * `python3` at hand. No package is imported.
 *
 * @returns Their paths.
 */
export async function installedPlugins(device: "gpu" | "tpu"): Promise<readonly string[]> {
  const found: string[] = [];
  for (const site of await packageFolders()) {
    if (device === "tpu") {
      const path = `${site}/libtpu/libtpu.so`;
      if (await exists(path)) found.push(path);
      continue;
    }
    for (const name of await filesIn(`${site}/jax_plugins`)) {
      const folder = `${site}/jax_plugins/${name}`;
      const files = (await filesIn(folder)).filter((file) => /plugin.*\.(so|dylib)$/.test(file));
      found.push(...files.map((file) => `${folder}/${file}`));
    }
  }
  return found;
}

/** Names in a folder; none of what is no folder, or cannot be read. */
async function filesIn(folder: string): Promise<readonly string[]> {
  return (await namesIn(folder).catch(() => [])).sort();
}

async function packageFolders(): Promise<readonly string[]> {
  const environment = Deno.env.get("VIRTUAL_ENV");
  const python = environment ? { python: `${environment}/bin/python3` } : {};
  try {
    const { ok, output } = await runPython(["-c", PROGRAM], { ...python, timeout: TIMEOUT });
    return ok ? output.split("\n").filter((line) => line.startsWith("/")) : [];
  } catch (error) {
    // No Python, and so no packages of one.
    if (error instanceof InputError) return [];
    throw error;
  }
}
