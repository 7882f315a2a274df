import assert from "node:assert/strict";
import { configProto } from "@/lib/tensor/config_proto.ts";

Deno.test("configProto() sets the threads, and hides GPUs", () => {
  const config = configProto({ threads: 300 });
  // device_count { "GPU": 0 }, intra_op_parallelism_threads 300, inter_op_parallelism_threads 300: the varint ac 02
  const entry = [10, 3, 71, 80, 85, 16, 0];
  assert.deepEqual([...config], [10, entry.length, ...entry, 16, 0xac, 2, 40, 0xac, 2]);
});
