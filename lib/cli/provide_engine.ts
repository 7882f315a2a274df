import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import type { EngineOptions } from "@/lib/cli/options.ts";
import type { Engine } from "@/lib/run/mod.ts";
import { type Plan, precisionsOf } from "@/lib/plan/mod.ts";
import { fallbackNotice } from "@/lib/tensor/backend_name.ts";
import { parseDevice } from "@/lib/tensor/device.ts";
import { searchGpus } from "@/lib/tensor/gpu.ts";
import { hasNvidiaDriver } from "@/lib/tensor/hardware.ts";
import { say } from "@/lib/cli/say.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import { findLibrary, libraryFromEnvironment, unusableLibrary } from "@/lib/tensor/library.ts";
import { findPlugin, pluginFromEnvironment } from "@/lib/tensor/plugin.ts";
import { cachedLibrary } from "@/lib/tensor/provision/cached_library.ts";
import type { Cuda } from "@/lib/tensor/provision/cuda.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { pluginPackage } from "@/lib/tensor/provision/plugins.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";
import { tryLibrary, tryPlugin } from "@/lib/tensor/trial.ts";

/**
 * The engine that the options ask for; without a word about the device, the first GPU where a driver is found.
 *
 * @throws {InputError} If some of the plan is trained in bfloat16, which only TensorFlow has, and the backend is another.
 */
export async function engineOf(options: EngineOptions, plan: Plan): Promise<Engine> {
  const { backend, check } = options;
  if (backend === "tensorflow") {
    const device = options.device ?? (await hasNvidiaDriver() ? "gpu" : "cpu");
    return { backend, device, check };
  }
  if (precisionsOf(plan).has("bfloat16")) {
    throw new InputError(
      "--backend",
      `"${backend}" has no bfloat16, in which some of this plan is trained`,
      "Add --precision float32, or use the backend tensorflow",
    );
  }
  return { backend, device: options.device ?? "cpu", check };
}

/**
 * Makes sure, before any worker wants it, that what the engine needs is there and works, telling what is fetched.
 *
 * @throws {InputError} If the device is not there, or TensorFlow's library or a device's plugin cannot be had or used here.
 */
export async function provideEngine(engine: Engine, quiet: boolean): Promise<void> {
  const { backend, device } = engine;
  if (backend !== "tensorflow") {
    if (!quiet) say(fallbackNotice(backend));
    return;
  }
  // First what may not be there at all; TensorFlow computes beside every device what is not compiled.
  await providePlugin(device, quiet);
  const library = await tellingOf("TensorFlow", quiet, (onProgress) => findLibrary({ onProgress }));
  const tried = await tryLibrary();
  if (!tried.works) throw unusableLibrary(library, tried.said);
}

async function providePlugin(device: string, quiet: boolean): Promise<void> {
  const { kind, index, replicas } = parseDevice(device);
  if (kind === "cpu") return;
  const gpus = searchGpus().gpus.length;
  if (kind === "gpu" && gpus > 0 && index + replicas > gpus) {
    throw new InputError(
      "device",
      `"${device}" is asked for, and there ${gpus === 1 ? "is" : "are"} ${plural(gpus, "GPU")}`,
      "Give gpu, or see what deno task doctor lists",
    );
  }
  const plugin = await tellingOf(
    `PJRT plugin for ${kind}`,
    quiet,
    (onProgress) => findPlugin(kind, { onProgress }),
  );
  const tried = await tryPlugin(plugin, device);
  if (tried.works) return;
  throw new InputError(
    "PJRT plugin",
    `${plugin.path}, from ${plugin.origin}, cannot be used: ${tried.said}`,
    "Set PJRT_PLUGIN to another, or compute on the CPU (--device cpu)",
    { kind: "machine" },
  );
}

/** What workers elsewhere compute on: machines like this one, with or without NVIDIA's GPUs. */
export interface Elsewhere {
  readonly device: "cpu" | "gpu";
  /** Of the plugin for GPUs. */
  readonly cuda: Cuda;
}

/**
 * Makes sure that all is there which other machines compute with; this one need not have their device.
 *
 * @returns The folders; none of what the environment names instead.
 * @throws {InputError} If it cannot be had.
 */
export async function fetchLibraries({ device, cuda }: Elsewhere): Promise<readonly string[]> {
  const wanted = [
    ...libraryFromEnvironment() === undefined ? [packageFor()] : [],
    ...device === "gpu" && pluginFromEnvironment() === undefined
      ? [pluginPackage(`cuda${cuda}`)]
      : [],
  ];
  const folders: string[] = [];
  for (const one of wanted) {
    const fetch = (onProgress: OnProgress) => cachedLibrary(one, { onProgress });
    folders.push((await tellingOf(one.title, false, fetch)).folder);
  }
  return folders;
}

/** Tells how far a fetch is. */
async function tellingOf<T>(
  what: string,
  quiet: boolean,
  fetch: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  return await tellingProgress((tell) =>
    fetch(({ stage, bytes, total, rate }) => {
      const share = total === undefined ? "" : ` of ${bytesText(total)}`;
      const speed = rate === undefined ? "" : `, ${bytesText(rate)}/s`;
      tell(`${what}: ${stage} ${bytesText(bytes)}${share}${speed}`, stage);
    }), { quiet });
}
