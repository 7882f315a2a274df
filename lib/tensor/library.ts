import { InputError } from "@/lib/base/errors.ts";
import { cacheFolder, fileName, inspectCache } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";

/** The path that the environment gives, if it gives one. */
export function libraryFromEnvironment(): string | undefined {
  return Deno.env.get("TENSORFLOW_LIBRARY") || undefined;
}

/**
 * The path of TensorFlow's shared library: `TENSORFLOW_LIBRARY`, else this project's cache, which is filled from
 * TensorFlow's Python wheel where it is empty or damaged.
 *
 * @throws {InputError} If `TENSORFLOW_LIBRARY` names no file, or the wheel cannot be fetched.
 */
export async function findLibrary(options: { onProgress?: OnProgress } = {}): Promise<string> {
  const own = libraryFromEnvironment();
  if (own !== undefined) {
    const info = await Deno.stat(own).catch(() => undefined);
    if (info?.isFile) return own;
    throw new InputError(
      "TENSORFLOW_LIBRARY",
      `"${own}" is not a file`,
      "Set it to the path of a libtensorflow_cc.so.2, or unset it to have the library fetched",
    );
  }
  const wanted = packageFor();
  const folder = cacheFolder(wanted);
  if ((await inspectCache(folder, wanted)).state !== "ok") {
    await provision(folder, { package: wanted, ...options });
  }
  return `${folder}/${fileName(wanted.libraries[0])}`;
}
