import * as tf from "@tensorflow/tfjs";
import { InputError } from "@/lib/base/errors.ts";
import { type BackendName, checkBackendName, fallbackNotice } from "@/lib/tensor/backend_name.ts";
import { createBinding } from "@/lib/tensor/binding.ts";
import { parseDevice } from "@/lib/tensor/device.ts";
import { findPlugin } from "@/lib/tensor/plugin.ts";
import { cacheRoot } from "@/lib/tensor/provision/cache.ts";
import { eagerExecutor } from "@/lib/tensor/eager_executor.ts";
import { type Accelerator, startAccelerator } from "@/lib/tensor/accelerator.ts";
import { findLibrary } from "@/lib/tensor/library.ts";
import { createNodeBackend } from "@/lib/tensor/node_backend.ts";
import { replaceGatherKernel } from "@/lib/tensor/ops/gather.ts";
import type { ProvisionProgress } from "@/lib/tensor/provision/progress.ts";
import { type AcceleratorFacts, type Backend, noteBackend } from "@/lib/tensor/loaded_backend.ts";
import { loadRuntime } from "@/lib/tensor/runtime.ts";

/** Which backend, and how. */
export interface BackendOptions {
  /** `tensorflow`, the default; else `wasm` or `webgpu`, for machines that TensorFlow is not published for. */
  readonly name?: string;
  /**
   * Threads that TensorFlow may use; 1 by default, because one single-threaded process a core does more in sum, and
   * results then do not depend on the number of cores. The other backends have no choice.
   */
  readonly threads?: number;
  /**
   * Where compiled functions run, as `parseDevice()` reads it: `cpu` (the default) is TensorFlow's, any other a PJRT
   * plugin's. The other backends have no choice.
   */
  readonly device?: string;
  /** Told how the fetching of TensorFlow's library, or of a plugin, goes. */
  readonly onProgress?: (progress: ProvisionProgress) => void;
}

interface Loading {
  readonly name: BackendName;
  readonly threads: number;
  readonly device: string;
  readonly done: Promise<Backend>;
}

let loading: Loading | undefined;

/**
 * Loads a backend and makes it the one that tfjs uses; fetches TensorFlow's library where it is missing.
 *
 * A process has one: a second call gives the same, and must not ask for another.
 *
 * @throws {InputError} For a name, device or number of threads that is not possible, if TensorFlow's library or the device's
 *   plugin can be neither found nor fetched, or if there is no GPU for `webgpu`.
 */
export async function loadBackend(options: BackendOptions = {}): Promise<Backend> {
  const { threads = 1, device = "cpu" } = options;
  const name = checkBackendName(options.name ?? "tensorflow");
  checkChoices({ name, threads, device });
  if (loading === undefined) {
    const done = load(name, { ...options, threads, device }).catch((error) => {
      loading = undefined;
      throw error;
    });
    loading = { name, threads, device, done };
  }
  const { done, ...chosen } = loading;
  refuseChange({ name, threads, device }, chosen);
  const backend = await done;
  noteBackend(backend);
  return backend;
}

type Choices = Omit<Loading, "done">;

function checkChoices({ name, threads, device }: Choices): void {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new InputError("threads", `${threads} is not a whole number above 0`, "Give 1 or more");
  }
  parseDevice(device);
  if (name === "tensorflow") return;
  const remedy = 'Leave it out, or use the backend "tensorflow"';
  if (threads !== 1) {
    throw new InputError("threads", `the backend "${name}" runs on one, not ${threads}`, remedy);
  }
  if (device !== "cpu") {
    throw new InputError("device", `the backend "${name}" cannot be told "${device}"`, remedy);
  }
}

function refuseChange(wanted: Choices, loaded: Choices): void {
  const remedy = "Load the backend once in a process";
  if (wanted.name !== loaded.name) {
    const problem = `"${wanted.name}" is asked for, but this process already uses "${loaded.name}"`;
    throw new InputError("backend", problem, remedy);
  }
  if (wanted.threads !== loaded.threads) {
    const problem =
      `${wanted.threads} threads are asked for, but TensorFlow already runs with ${loaded.threads}`;
    throw new InputError("threads", problem, remedy);
  }
  if (wanted.device !== loaded.device) {
    const problem =
      `"${wanted.device}" is asked for, but this process already uses "${loaded.device}"`;
    throw new InputError("device", problem, remedy);
  }
}

/** Only the code of the backend that is asked for is loaded. */
async function load(
  name: BackendName,
  options: BackendOptions & { threads: number; device: string },
): Promise<Backend> {
  switch (name) {
    case "tensorflow":
      return await loadTensorFlow(options);
    case "wasm": {
      const { loadWasm } = await import("@/lib/tensor/portable/wasm.ts");
      await loadWasm();
      return { name, version: tf.version_core, device: "cpu", notice: fallbackNotice(name) };
    }
    case "webgpu": {
      const { loadWebgpu } = await import("@/lib/tensor/portable/webgpu.ts");
      const device = await loadWebgpu();
      return { name, version: tf.version_core, device, notice: fallbackNotice(name) };
    }
  }
}

async function loadTensorFlow(
  options: BackendOptions & { threads: number; device: string },
): Promise<Backend> {
  const { threads, onProgress } = options;
  const device = parseDevice(options.device);
  const progress = onProgress === undefined ? {} : { onProgress };
  const library = await findLibrary(progress);
  const plugin = device.kind === "cpu" ? undefined : await findPlugin(device.kind, progress);
  const runtime = loadRuntime(library, { threads });
  const accelerator = plugin &&
    startAccelerator(device, { ...plugin, cache: `${cacheRoot()}/programs` });
  const backend = createNodeBackend(createBinding(eagerExecutor(runtime), runtime.version));
  tf.registerBackend("tensorflow", () => backend as unknown as tf.KernelBackend);
  replaceGatherKernel();
  if (!(await tf.setBackend("tensorflow"))) throw new Error("tfjs refused the backend");
  return {
    name: "tensorflow",
    version: runtime.version,
    device: options.device,
    library,
    ...accelerator && { accelerator: factsOf(accelerator) },
  };
}

/** What stands behind a device, for whoever wants to know where a result came from. */
function factsOf({ client, devices: [device] }: Accelerator): AcceleratorFacts {
  const { plugin, platform, version } = client;
  return {
    plugin: plugin.path,
    api: plugin.api.version.join("."),
    platform,
    version,
    kind: device.kind,
  };
}
