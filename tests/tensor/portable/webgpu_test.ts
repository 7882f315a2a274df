import assert from "node:assert/strict";
import { loadBackend } from "@/lib/tensor/mod.ts";

Deno.test("loadBackend() says what to use where WebGPU finds no GPU", async () => {
  const gpu = Object.getOwnPropertyDescriptor(Navigator.prototype, "gpu")!;
  const noAdapter = { requestAdapter: () => Promise.resolve(null) };
  for (const value of [undefined, noAdapter]) {
    Object.defineProperty(Navigator.prototype, "gpu", { value, configurable: true });
    try {
      await assert.rejects(loadBackend({ name: "webgpu" }), {
        name: "InputError",
        // It ends a run: no other step would find one either.
        kind: "machine",
        message: 'backend: "webgpu" finds no GPU that it can use. Use "tensorflow" or "wasm", ' +
          "or install the GPU's driver (on Linux one for Vulkan)",
      });
    } finally {
      Object.defineProperty(Navigator.prototype, "gpu", gpu);
    }
  }
});
