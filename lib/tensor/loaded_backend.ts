import type { BackendName } from "@/lib/tensor/backend_name.ts";

/** The backend that runs tfjs's operations. */
export interface Backend {
  readonly name: BackendName;
  /** TensorFlow's version, or for the other two backends tfjs's. */
  readonly version: string;
  /** Where it computes: `cpu`, `gpu`, `gpu:1`, or for `webgpu` the GPU's own name. */
  readonly device: string;
  /** Path of TensorFlow's shared library; the other backends have none. */
  readonly library?: string;
  /** What a person should be told, once, before a long run. */
  readonly notice?: string;
}

let loaded: Backend | undefined;

/** Notes what `loadBackend()` has loaded. */
export function noteBackend(backend: Backend): void {
  loaded = backend;
}

/** The backend of this process, or undefined before `loadBackend()`; asking loads nothing. */
export function loadedBackend(): Backend | undefined {
  return loaded;
}
