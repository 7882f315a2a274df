import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import { InputError } from "@/lib/base/errors.ts";

/**
 * Makes tfjs's WebGPU backend the one that tfjs uses, on the GPU that Deno finds.
 *
 * @returns The GPU's name.
 * @throws {InputError} Where Deno finds none.
 */
export async function loadWebgpu(): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    throw new InputError(
      "backend",
      '"webgpu" finds no GPU that it can use',
      'Use "tensorflow" or "wasm", or install the GPU\'s driver (on Linux one for Vulkan)',
      { kind: "machine" },
    );
  }
  if (!(await tf.setBackend("webgpu"))) throw new Error("tfjs refused the backend webgpu");
  const { description, device, vendor } = adapter.info;
  return description || device || vendor;
}
