import assert from "node:assert/strict";
import {
  fastPrecisions,
  hasNvidiaDriver,
  precisionsOfGpu,
  precisionsOfProcessor,
} from "@/lib/tensor/hardware.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

Deno.test("precisionsOfProcessor() tells by the instructions whether bfloat16 is fast", () => {
  const speed = (...flags: string[]) =>
    precisionsOfProcessor({ model: "A processor", flags: new Set(flags) });
  assert.deepEqual(speed("avx2", "avx512f", "avx512_bf16"), {
    bfloat16: "fast",
    reason: "this processor has AVX512-BF16",
  });
  assert.match(speed("avx512_bf16", "amx_bf16").reason, /AMX-BF16/);
  assert.equal(speed("avx2", "avx512f").bfloat16, "slow");
  assert.equal(precisionsOfProcessor(undefined).bfloat16, "unknown");
});

Deno.test("precisionsOfGpu() tells by the compute capability whether bfloat16 is fast", () => {
  const gpu = { name: "A card", memoryBytes: 8e9 };
  assert.deepEqual(precisionsOfGpu({ ...gpu, computeCapability: 8 }), {
    bfloat16: "fast",
    reason: "A card has compute capability 8.0: tensor cores that know it",
  });
  assert.equal(precisionsOfGpu({ ...gpu, computeCapability: 7.5 }).bfloat16, "slow");
});

Deno.test("fastPrecisions() speaks of the processor where no GPU is shown", async () => {
  await withEnvironment({ CUDA_VISIBLE_DEVICES: "" }, async () => {
    assert.equal(await hasNvidiaDriver(), false);
    assert.deepEqual(await fastPrecisions(), await fastPrecisions({ device: "cpu" }));
    assert.match((await fastPrecisions()).reason, /processor/);
  });
});
