import assert from "node:assert/strict";
import { memory } from "@/lib/base/memory.ts";
import { memoryOption, roomOn } from "@/lib/cli/room.ts";
import { searchGpus } from "@/lib/tensor/gpu.ts";

Deno.test("roomOn() is the machine's memory on its processor, and on any device what is given", () => {
  const { isHost, replicas, host, device, free } = roomOn("cpu");
  assert.deepEqual([isHost, replicas, host, device], [true, 1, memory().total, Infinity]);
  assert.ok(free > 0 && free <= host);
  assert.equal(roomOn("xla-cpu").isHost, true);
  assert.deepEqual([roomOn("cpu", 8e9).host, roomOn("cpu", 8e9).free], [8e9, 8e9]);
  const other = roomOn("gpu*4", 80e9);
  assert.deepEqual([other.isHost, other.replicas, other.device], [false, 4, 80e9]);
});

Deno.test("roomOn() knows nothing of a device that is not here, nor of the machine that has it", () => {
  const { gpus } = searchGpus();
  const { host, device } = roomOn(`gpu:${gpus.length}`);
  assert.deepEqual([host, device], [Infinity, Infinity]);
  if (gpus.length > 0) assert.equal(roomOn("gpu").device, gpus[0]!.memoryBytes);
});

Deno.test("memoryOption() reads amounts as people write them, and refuses all else", () => {
  const read = memoryOption("--device-memory");
  assert.deepEqual(["80G", "24 GB", "1.5t", "512M"].map(read), [80e9, 24e9, 1.5e12, 512e6]);
  for (const wrong of ["", "80", "0G", "-1G", "much", "80Gi"]) {
    assert.throws(() => read(wrong), {
      name: "InputError",
      message: `--device-memory: "${wrong}" is no amount of memory. Give 80G, 24G, 512M, …`,
    });
  }
});
