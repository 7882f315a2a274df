import assert from "node:assert/strict";
import { liveBuffers } from "@/lib/tensor/pjrt/buffer.ts";
import { client, device } from "@/tests/tensor/pjrt/plugin.ts";

/** Bytes of a state of 256 KB: a thousand that leak would be 256 MB. */
const LENGTH = 1 << 16, BYTES = 4 * LENGTH;

/** What the process may grow by in a thousand calls: what JavaScript has not collected yet. */
const GROWTH = 64e6;

const step = `module @step {
  func.func public @main(
    %x: tensor<${LENGTH}xf32>, %state: tensor<${LENGTH}xf32> {tf.aliasing_output = 0 : i32}
  ) -> (tensor<${LENGTH}xf32>, tensor<${LENGTH}xf32>) {
    %next = stablehlo.add %state, %x : tensor<${LENGTH}xf32>
    %y = stablehlo.multiply %x, %x : tensor<${LENGTH}xf32>
    return %next, %y : tensor<${LENGTH}xf32>, tensor<${LENGTH}xf32>
  }
}`;

Deno.test("a thousand calls with a donated state leave the memory of the process as it was", async () => {
  const before = liveBuffers();
  const executable = await client.compile({ text: step, devices: [device] });
  const ones = new Uint8Array(new Float32Array(LENGTH).fill(1).buffer);
  const upload = () => client.upload(ones, { shape: [LENGTH], type: "f32", device });
  let state = upload();
  const call = async (i: number) => {
    const x = upload();
    const { outputs: [results], done } = executable.execute([[x, state]]);
    const [next, y] = results!;
    // Seldom, so that what JavaScript has not collected yet is little.
    if (i % 20 === 0) assert.equal((await y!.read()).length, BYTES);
    await done;
    for (const one of [x, y!]) one.dispose();
    state = next!;
  };
  for (let i = 0; i < 200; i++) await call(i);
  const start = Deno.memoryUsage().rss;
  for (let i = 0; i < 1000; i++) await call(i);
  const grown = Deno.memoryUsage().rss - start;
  assert.ok(grown < GROWTH, `the process grew by ${grown} bytes`);
  assert.equal(new Float32Array(state.readSync().buffer)[0], 1201);
  state.dispose();
  executable.dispose();
  assert.equal(liveBuffers(), before);
});
