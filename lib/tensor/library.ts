import { InputError, messageOf } from "@/lib/base/errors.ts";
import { cachedLibrary } from "@/lib/tensor/provision/cached_library.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";

/** The path that the environment gives, if it gives one. */
export function libraryFromEnvironment(): string | undefined {
  return Deno.env.get("TENSORFLOW_LIBRARY") || undefined;
}

/**
 * The path of TensorFlow's shared library: `TENSORFLOW_LIBRARY`, else this project's cache, which is filled where it is
 * empty or damaged: from TensorFlow's Python wheels, or where they are not to be had, from the archive of its C library.
 *
 * @throws {InputError} If `TENSORFLOW_LIBRARY` names no file, or the library cannot be fetched.
 */
export async function findLibrary(
  options: { readonly onProgress?: OnProgress } = {},
): Promise<string> {
  const own = libraryFromEnvironment();
  if (own === undefined) return (await cachedLibrary(packageFor(), options)).path;
  const info = await Deno.stat(own).catch(() => undefined);
  if (info?.isFile) return own;
  throw new InputError(
    "TENSORFLOW_LIBRARY",
    `"${own}" is not a file`,
    "Set it to the path of a libtensorflow_cc.so.2, or unset it to have the library fetched",
  );
}

/**
 * The error of a file that is no library of TensorFlow for this machine.
 *
 * @param reason What was met when it was tried.
 */
export function unusableLibrary(path: string, reason: unknown): InputError {
  const why = messageOf(reason).replace(/^(Could not open library: )+/, "")
    .replace(/^Failed to register symbol (\w+): .*/s, "it has no $1, as every TensorFlow has");
  return new InputError(
    "TensorFlow's library",
    `${path} cannot be used: ${why}`,
    libraryFromEnvironment() === undefined
      ? "Remove it, so that it is fetched again, or use another machine"
      : "Set TENSORFLOW_LIBRARY to another, or unset it to have one fetched",
    { kind: "machine", cause: reason },
  );
}
