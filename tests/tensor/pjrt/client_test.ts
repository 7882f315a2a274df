import assert from "node:assert/strict";
import { liveBuffers } from "@/lib/tensor/pjrt/buffer.ts";
import { createClient } from "@/lib/tensor/pjrt/client.ts";
import type { ElementType } from "@/lib/tensor/pjrt/element_type.ts";
import { client, device, floats, numbers, plugin, vector } from "@/tests/tensor/pjrt/plugin.ts";

Deno.test("createClient() says what it works on", () => {
  assert.equal(client.platform, "cpu");
  assert.ok(client.version.length > 0);
  assert.deepEqual(client.devices.map(({ id, kind }) => [id, kind]), [
    [0, "cpu"],
    [1, "cpu"],
    [2, "cpu"],
    [3, "cpu"],
  ]);
});

Deno.test("createClient() has XLA's CPU plugin show as many devices as are asked for", () => {
  const wide = createClient(plugin, { cpuDevices: 7 });
  try {
    assert.equal(wide.devices.length, 7);
  } finally {
    wide.dispose();
  }
});

Deno.test("memoryStats() is undefined where the device counts nothing", () => {
  assert.equal(client.memoryStats(device), undefined);
});

Deno.test("what is uploaded is read back, for every type and rank", async () => {
  const sizes: Readonly<Record<ElementType, number>> = {
    ...{ i1: 1, i8: 1, i16: 2, i32: 4, i64: 8, ui8: 1, ui16: 2, ui32: 4, ui64: 8 },
    ...{ f16: 2, f32: 4, f64: 8, bf16: 2 },
  };
  for (const [type, size] of Object.entries(sizes) as [ElementType, number][]) {
    for (const shape of [[], [3], [2, 3], [2, 1, 3, 2]]) {
      const length = shape.reduce((product, one) => product * one, size);
      const bytes = Uint8Array.from({ length }, (_, i) => type === "i1" ? i % 2 : i + 1);
      const buffer = client.upload(bytes, { shape, type, device });
      assert.equal(buffer.byteLength, length);
      assert.deepEqual(await buffer.read(), bytes, `${type} [${shape}]`);
      assert.deepEqual(buffer.readSync(), bytes, `${type} [${shape}]`);
      buffer.dispose();
    }
  }
});

Deno.test("an array without values is uploaded and read", async () => {
  const buffer = client.upload(new Uint8Array(0), { shape: [0, 3], type: "f32", device });
  assert.deepEqual(await buffer.read(), new Uint8Array(0));
  assert.deepEqual(buffer.readSync(), new Uint8Array(0));
  buffer.dispose();
});

Deno.test("upload() copies: what is written into the array afterwards is not seen", () => {
  const bytes = floats(1, 2);
  const buffer = client.upload(bytes, { shape: [2], type: "f32", device });
  bytes.fill(0);
  assert.deepEqual(numbers(buffer.readSync()), [1, 2]);
  buffer.dispose();
});

Deno.test("upload() takes a part of a larger array", () => {
  const part = floats(1, 2, 3).subarray(4);
  const buffer = client.upload(part, { shape: [2], type: "f32", device });
  assert.deepEqual(numbers(buffer.readSync()), [2, 3]);
  buffer.dispose();
});

Deno.test("upload() refuses values that are not as many as the shape says", () => {
  assert.throws(() => client.upload(floats(1, 2), { shape: [3], type: "f32", device }), {
    message: "Cannot upload 8 bytes as f32 of shape [3]: it has 12",
  });
});

Deno.test("liveBuffers() counts what is held, and a buffer is given back once", async () => {
  const before = liveBuffers();
  const buffer = vector([1, 2]);
  assert.equal(liveBuffers(), before + 1);
  buffer.dispose();
  buffer.dispose();
  assert.equal(liveBuffers(), before);
  const message = "Cannot read a buffer that was disposed or donated";
  assert.throws(() => buffer.readSync(), { message });
  await assert.rejects(buffer.read(), { message });
});
