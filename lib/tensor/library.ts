import { InputError, messageOf } from "@/lib/base/errors.ts";
import { searchGpus } from "@/lib/tensor/gpu.ts";
import { cacheFolder, inspectCache } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";
import type { DeviceKind } from "@/lib/tensor/provision/wheel.ts";

/** The path that the environment gives, if it gives one. */
export function libraryFromEnvironment(): string | undefined {
  return Deno.env.get("TENSORFLOW_LIBRARY") || undefined;
}

/**
 * The path of TensorFlow's shared library: `TENSORFLOW_LIBRARY`, else this project's cache, which is filled where it is
 * empty or damaged: from TensorFlow's Python wheels, or where they are not to be had, from the archive of its C library.
 *
 * @param options.device What it is to compute on; by default the GPU where there is one. One for the CPU is a tenth as
 *   large, and each has its own place in the cache.
 * @throws {InputError} If `TENSORFLOW_LIBRARY` names no file, a GPU is asked for and there is none, or the library cannot
 *   be fetched.
 */
export async function findLibrary(
  options: { device?: DeviceKind; onProgress?: OnProgress } = {},
): Promise<string> {
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
  const { device, onProgress } = options;
  const kind = chooseDevice(device);
  return (await cachedLibrary({ device: kind, ...onProgress && { onProgress } })).path;
}

/**
 * TensorFlow's shared library in this project's cache, which is filled where it is empty or damaged, for a device that this
 * machine need not have.
 *
 * @returns `folder`: where all of its files lie; `path`: the library to open.
 * @throws {InputError} If the library cannot be fetched.
 */
export async function cachedLibrary(
  { device, ...rest }: { readonly device: DeviceKind; readonly onProgress?: OnProgress },
): Promise<{ readonly folder: string; readonly path: string }> {
  const wanted = packageFor({ device });
  const folder = cacheFolder(wanted);
  let found = await inspectCache(folder);
  if (found.state !== "ok") {
    await provision(folder, { package: wanted, ...rest });
    found = await inspectCache(folder);
  }
  if (found.state !== "ok") throw new Error(`${folder} is ${found.state} just after it was filled`);
  return { folder, path: `${folder}/${found.manifest.library}` };
}

/**
 * The device that is meant where none, or one, is named.
 *
 * @throws {InputError} If it is a GPU and there is none.
 */
export function chooseDevice(device?: DeviceKind): DeviceKind {
  if (device === "cpu") return "cpu";
  const { gpus, problem } = searchGpus();
  if (gpus.length > 0) return "gpu";
  if (device === undefined) return "cpu";
  throw new InputError(
    "device",
    `a GPU is asked for, but ${problem}`,
    "Use the CPU (device cpu), or see that nvidia-smi lists the GPU",
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
