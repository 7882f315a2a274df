import { resolve } from "node:path";
import { InputError } from "@/lib/base/errors.ts";
import type { Device } from "@/lib/tensor/device.ts";
import { searchGpus } from "@/lib/tensor/gpu.ts";
import { cacheFolder, inspectCache } from "@/lib/tensor/provision/cache.ts";
import { cachedLibrary } from "@/lib/tensor/provision/cached_library.ts";
import { cudaOf, librariesBeside, suitedCuda, whyNotCuda } from "@/lib/tensor/provision/cuda.ts";
import { installedPlugins } from "@/lib/tensor/provision/installed_plugins.ts";
import { pluginPackage, type PluginTarget } from "@/lib/tensor/provision/plugins.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/wheel.ts";

/** What a PJRT plugin is wanted for: every device but TensorFlow's own. */
export type PluginDevice = Exclude<Device["kind"], "cpu">;

/** A PJRT plugin on this machine. */
export interface FoundPlugin {
  /** The library to open. */
  readonly path: string;
  /** Libraries that are opened before it, in this order; see `openLibraries()`. */
  readonly libraries: readonly string[];
  readonly origin: "PJRT_PLUGIN" | "a Python package" | "the cache";
}

/** What is there for a device, or what would be fetched. */
export type PluginLook = { readonly plugin: FoundPlugin } | { readonly wanted: LibraryPackage };

const REMEDY = "Compute on the CPU (--device cpu), or see that nvidia-smi lists the GPU";

/** The path that the environment gives, if it gives one. */
export function pluginFromEnvironment(): string | undefined {
  return Deno.env.get("PJRT_PLUGIN") || undefined;
}

/**
 * The PJRT plugin for a device: `PJRT_PLUGIN`; for a GPU or TPU, that of an installed Python package; else this project's
 * cache, which is filled where it is empty or damaged.
 *
 * @throws {InputError} If `PJRT_PLUGIN` names no file, there is no GPU for it, NVIDIA's driver is too old, or the plugin cannot
 *   be fetched.
 */
export async function findPlugin(
  device: PluginDevice,
  options: { readonly onProgress?: OnProgress } = {},
): Promise<FoundPlugin> {
  const look = await lookForPlugin(device);
  if ("plugin" in look) return look.plugin;
  return await pluginAt((await cachedLibrary(look.wanted, options)).path, "the cache");
}

/**
 * The same, and fetches nothing.
 *
 * @throws {InputError} As `findPlugin()` does, but for fetching.
 */
export async function lookForPlugin(device: PluginDevice): Promise<PluginLook> {
  const own = pluginFromEnvironment();
  if (own !== undefined) return { plugin: await ownPlugin(own) };
  switch (device) {
    case "gpu":
      return await lookForGpu();
    case "tpu": {
      const [path] = await installedPlugins("tpu");
      if (path !== undefined) return { plugin: await pluginAt(path, "a Python package") };
      return await lookInCache(["tpu"]);
    }
    case "xla-cpu":
      return await lookInCache(["xla-cpu"]);
  }
}

async function ownPlugin(path: string): Promise<FoundPlugin> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (!info?.isFile) {
    throw new InputError(
      "PJRT_PLUGIN",
      `"${path}" is not a file`,
      "Set it to the path of a PJRT plugin (a shared library), or unset it to have one found",
    );
  }
  const cuda = cudaOf(await Deno.realPath(path));
  const why = cuda && whyNotCuda(cuda, searchGpus());
  if (why) throw new InputError("PJRT_PLUGIN", `${path} is for CUDA ${cuda}, but ${why}`, REMEDY);
  // A name without a folder would be looked for where the system has libraries.
  return await pluginAt(resolve(path), "PJRT_PLUGIN");
}

async function lookForGpu(): Promise<PluginLook> {
  const found = searchGpus(), suited = suitedCuda(found);
  const installed = await installedPlugins("gpu");
  // Another maker's, after NVIDIA's: where there is an NVIDIA GPU, it is likely to be wanted.
  for (const cuda of [...suited, undefined]) {
    const path = installed.find((one) => cudaOf(one) === cuda);
    if (path !== undefined) return { plugin: await pluginAt(path, "a Python package") };
  }
  const [newest, ...older] = suited;
  if (newest === undefined) {
    throw new InputError("device", `a GPU is asked for, but ${whyNotCuda(12, found)}`, REMEDY);
  }
  return await lookInCache([`cuda${newest}`, ...older.map((cuda) => `cuda${cuda}` as const)]);
}

/** @param targets What would do, the best first: any that is there is better than one to fetch. */
async function lookInCache(
  targets: readonly [PluginTarget, ...PluginTarget[]],
): Promise<PluginLook> {
  for (const target of targets) {
    const folder = cacheFolder(pluginPackage(target));
    const found = await inspectCache(folder);
    if (found.state !== "ok") continue;
    return { plugin: await pluginAt(`${folder}/${found.manifest.library}`, "the cache") };
  }
  return { wanted: pluginPackage(targets[0]) };
}

async function pluginAt(path: string, origin: FoundPlugin["origin"]): Promise<FoundPlugin> {
  return { path, libraries: await librariesBeside(await Deno.realPath(path)), origin };
}
