import type { BackendName } from "@/lib/tensor/backend_name.ts";

/** A PJRT plugin at work, in words. */
export interface AcceleratorFacts {
  /** Path of its shared library. */
  readonly plugin: string;
  /** The version of PJRT's C API that it was built with. */
  readonly api: string;
  /** `cpu`, `cuda`, `tpu`, … */
  readonly platform: string;
  /** Of what the plugin stands on. */
  readonly version: string;
  /** What it calls the device. */
  readonly kind: string;
}

/** The backend that runs tfjs's operations. */
export interface Backend {
  readonly name: BackendName;
  /** TensorFlow's version, or for the other two backends tfjs's. */
  readonly version: string;
  /** Where compiled functions run, as it was asked for, or for `webgpu` the GPU's own name. */
  readonly device: string;
  /** What runs them in TensorFlow's place, which then runs single operations alone. */
  readonly accelerator?: AcceleratorFacts;
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
