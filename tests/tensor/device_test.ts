import assert from "node:assert/strict";
import { deviceClass, parseDevice } from "@/lib/tensor/device.ts";

Deno.test("parseDevice() reads the kinds, the second of one, and several that work as one", () => {
  const one = { index: 0, replicas: 1 };
  for (const kind of ["cpu", "gpu", "tpu", "xla-cpu"] as const) {
    assert.deepEqual(parseDevice(kind), { kind, ...one });
  }
  assert.deepEqual(parseDevice("gpu:12"), { kind: "gpu", index: 12, replicas: 1 });
  assert.deepEqual(parseDevice("gpu*4"), { kind: "gpu", index: 0, replicas: 4 });
  assert.deepEqual(parseDevice("xla-cpu*2"), { kind: "xla-cpu", index: 0, replicas: 2 });
});

Deno.test("parseDevice() refuses the rest", () => {
  for (
    const name of [
      "",
      "GPU",
      "gpu:",
      "gpu:x",
      "gpu:-1",
      "gpu*",
      "gpu*0",
      "gpu:1*2",
      "gpu*2:1",
      "npu",
    ]
  ) {
    assert.throws(() => parseDevice(name), {
      message:
        `device: "${name}" is not known. Give cpu, gpu, gpu:1 for the second, gpu*4 for four that work as one, or tpu`,
    });
  }
  for (const name of ["cpu*2", "cpu:1"]) {
    assert.throws(() => parseDevice(name), {
      message: `device: "${name}" is not known: TensorFlow uses the CPU as one. Give cpu`,
    });
  }
});

Deno.test("deviceClass() tells kind and replicas, and not which of several it is", () => {
  assert.deepEqual(["cpu", "gpu", "gpu:3", "gpu*1", "gpu*4"].map(deviceClass), [
    ...["cpu", "gpu", "gpu", "gpu", "gpu*4"],
  ]);
});
