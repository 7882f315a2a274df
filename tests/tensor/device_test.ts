import assert from "node:assert/strict";
import { configProto, parseDevice } from "@/lib/tensor/device.ts";

Deno.test("parseDevice() reads cpu, gpu and gpu:N, and refuses the rest", () => {
  assert.deepEqual(parseDevice("cpu"), { kind: "cpu" });
  assert.deepEqual(parseDevice("gpu"), { kind: "gpu", index: 0 });
  assert.deepEqual(parseDevice("gpu:12"), { kind: "gpu", index: 12 });
  for (const name of ["", "GPU", "gpu:", "gpu:x", "gpu:-1", "tpu"]) {
    assert.throws(() => parseDevice(name), {
      message: `device: "${name}" is not known. Give cpu, gpu, or gpu:1 for the second`,
    });
  }
});

Deno.test("configProto() hides GPUs from a process on the CPU", () => {
  const config = configProto({ threads: 2, device: { kind: "cpu" } });
  // device_count { "GPU": 0 }, intra_op_parallelism_threads 2, inter_op_parallelism_threads 2
  const entry = [10, 3, 71, 80, 85, 16, 0];
  assert.deepEqual([...config], [10, entry.length, ...entry, 16, 2, 40, 2]);
});

Deno.test("configProto() shows one GPU and lets its memory grow", () => {
  const config = configProto({ threads: 300, device: { kind: "gpu", index: 11 } });
  // 300 is the varint ac 02; gpu_options { allow_growth: true, visible_device_list: "11" }
  const options = [32, 1, 42, 2, 49, 49];
  assert.deepEqual([...config], [16, 0xac, 2, 40, 0xac, 2, 50, options.length, ...options]);
});
