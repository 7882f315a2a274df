import * as tf from "@tensorflow/tfjs";
import { InputError } from "@/lib/base/errors.ts";
import { checkBackendName } from "@/lib/tensor/backend_name.ts";
import { createBinding } from "@/lib/tensor/binding.ts";
import { eagerExecutor } from "@/lib/tensor/eager_executor.ts";
import { findLibrary } from "@/lib/tensor/library.ts";
import { createNodeBackend } from "@/lib/tensor/node_backend.ts";
import { replaceGatherKernel } from "@/lib/tensor/ops/gather.ts";
import type { ProvisionProgress } from "@/lib/tensor/provision/progress.ts";
import { loadedRuntime, loadRuntime } from "@/lib/tensor/runtime.ts";

/** The backend that runs tfjs's operations. */
export interface Backend {
  readonly name: string;
  /** TensorFlow's version. */
  readonly version: string;
  /** Path of its shared library. */
  readonly library: string;
}

let loading: Promise<Backend> | undefined;

/**
 * Loads a backend and makes it the one that tfjs uses; fetches TensorFlow's library where it is missing.
 *
 * A process has one: a second call gives the same, and must not ask for another number of threads.
 *
 * @param options.name "tensorflow", the default.
 * @param options.threads Threads that TensorFlow may use; 1 by default, because one single-threaded process a core does
 *   more in sum, and results then do not depend on the number of cores.
 * @param options.onProgress Told how the fetching goes.
 * @throws {InputError} For another name, or if the library can be neither found nor fetched.
 */
export async function loadBackend(
  options: { name?: string; threads?: number; onProgress?: (p: ProvisionProgress) => void } = {},
): Promise<Backend> {
  const { name = "tensorflow", threads = 1, onProgress } = options;
  checkBackendName(name);
  if (!Number.isInteger(threads) || threads < 1) {
    throw new InputError("threads", `${threads} is not a whole number above 0`, "Give 1 or more");
  }
  loading ??= load(threads, onProgress).catch((error) => {
    loading = undefined;
    throw error;
  });
  const backend = await loading;
  const runtime = loadedRuntime();
  if (runtime !== undefined && runtime.threads !== threads) {
    throw new InputError(
      "threads",
      `${threads} threads are asked for, but TensorFlow already runs with ${runtime.threads}`,
      "Load the backend once in a process",
    );
  }
  return backend;
}

async function load(
  threads: number,
  onProgress: ((p: ProvisionProgress) => void) | undefined,
): Promise<Backend> {
  const library = await findLibrary(onProgress === undefined ? {} : { onProgress });
  const runtime = loadRuntime(library, { threads });
  const backend = createNodeBackend(createBinding(eagerExecutor(runtime), runtime.version));
  tf.registerBackend("tensorflow", () => backend as unknown as tf.KernelBackend);
  replaceGatherKernel();
  if (!(await tf.setBackend("tensorflow"))) throw new Error("tfjs refused the backend");
  return { name: "tensorflow", version: runtime.version, library };
}
