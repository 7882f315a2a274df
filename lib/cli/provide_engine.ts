import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { EngineOptions } from "@/lib/cli/options.ts";
import type { Engine } from "@/lib/run/mod.ts";
import { type Plan, precisionsOf } from "@/lib/plan/mod.ts";
import { fallbackNotice } from "@/lib/tensor/backend_name.ts";
import { hasNvidiaDriver } from "@/lib/tensor/hardware.ts";
import { say } from "@/lib/cli/say.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import {
  cachedLibrary,
  findLibrary,
  libraryFromEnvironment,
  unusableLibrary,
} from "@/lib/tensor/library.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";
import type { DeviceKind } from "@/lib/tensor/provision/wheel.ts";
import { tryLibrary } from "@/lib/tensor/try_library.ts";

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
 * @throws {InputError} If TensorFlow's library cannot be had, or cannot be used here.
 */
export async function provideEngine(engine: Engine, quiet: boolean): Promise<void> {
  const { backend, device } = engine;
  if (backend === "tensorflow") await provideLibrary(device, quiet);
  else if (!quiet) say(fallbackNotice(backend));
}

async function provideLibrary(device: string, quiet: boolean): Promise<void> {
  const options = { device: "cpu" } as const;
  const library = await tellingOf(quiet, (onProgress) => findLibrary({ ...options, onProgress }));
  const tried = await tryLibrary(device);
  if (!tried.works) throw unusableLibrary(library, tried.said);
}

/**
 * Makes sure that TensorFlow's library is there for machines with a device, which this one need not have.
 *
 * @returns The folder that it lies in; nothing where the environment names another.
 * @throws {InputError} If it cannot be had.
 */
export async function fetchLibrary(device: DeviceKind): Promise<string | undefined> {
  if (libraryFromEnvironment() !== undefined) return undefined;
  return (await tellingOf(false, (onProgress) => cachedLibrary({ device, onProgress }))).folder;
}

/** Tells how far a fetch is. */
async function tellingOf<T>(
  quiet: boolean,
  fetch: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  return await tellingProgress((tell) =>
    fetch(({ stage, bytes, total, rate }) => {
      const share = total === undefined ? "" : ` of ${bytesText(total)}`;
      const speed = rate === undefined ? "" : `, ${bytesText(rate)}/s`;
      tell(`TensorFlow: ${stage} ${bytesText(bytes)}${share}${speed}`, stage);
    }), { quiet });
}
