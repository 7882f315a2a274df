import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { testContract } from "@/tests/tensor/backends/contract.ts";
import { testGradients } from "@/tests/tensor/backends/test_gradients.ts";

testContract("wasm");
testGradients("wasm", { examples: 20 });

Deno.test("loadBackend() loads wasm, which says that it is slow and has no library", async () => {
  const backend = await loadBackend({ name: "wasm" });
  assert.equal(tf.getBackend(), "wasm");
  assert.equal(backend.name, "wasm");
  assert.equal(backend.library, undefined);
  assert.match(backend.notice!, /^The backend "wasm" .* at a fraction of the speed$/);
  assert.equal(await loadBackend({ name: "wasm" }), backend);
});

Deno.test("loadBackend() refuses TensorFlow where wasm is loaded", async () => {
  await loadBackend({ name: "wasm" });
  await assert.rejects(loadBackend(), {
    name: "InputError",
    message:
      'backend: "tensorflow" is asked for, but this process already uses "wasm". Load the backend once in a process',
  });
});

Deno.test("wasm is loaded without the network, and without leave to open a library", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--cached-only", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys"],
      "tests/tensor/backends/load_wasm_process.ts",
    ],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  assert.equal(new TextDecoder().decode(stdout).trim(), "[5]");
});
