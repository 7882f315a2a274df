import assert from "node:assert/strict";
import { compileOptions } from "@/lib/tensor/pjrt/compile_options.ts";

/** Devices by their numbers. */
function devices(...ids: number[]) {
  return ids.map((id) => ({ id, kind: "cpu", handle: 0n }));
}

Deno.test("compileOptions() of one device: one partition, which runs there", () => {
  // deno-fmt-ignore
  assert.deepEqual([...compileOptions("module {}", { devices: devices(3), platform: "tpu" })], [
    0x1a, 19,
    0x20, 1, 0x28, 1, 0x30, 0, // 1 replica, 1 partition, not partitioned
    0x4a, 8, 0x08, 1, 0x10, 1, 0x1a, 2, 0x08, 3, // on device 3
    0x98, 1, 0, // not by Shardy
  ]);
});

Deno.test("compileOptions() of several devices: partitioned, by Shardy where the program is in its dialect", () => {
  const text = 'module { sdy.mesh @devices = <["batch"=2]> }';
  // deno-fmt-ignore
  assert.deepEqual([...compileOptions(text, { devices: devices(1, 0), platform: "tpu" })], [
    0x1a, 23,
    0x20, 1, 0x28, 2, 0x30, 1,
    0x4a, 12, 0x08, 1, 0x10, 2, 0x1a, 2, 0x08, 1, 0x1a, 2, 0x08, 0,
    0x98, 1, 1,
  ]);
});

Deno.test("compileOptions() asks for determinism on GPUs, and on CPUs for no number where there is none", () => {
  const text = (platform: string) =>
    new TextDecoder().decode(compileOptions("module {}", { devices: devices(0), platform }));
  assert.ok(text("cuda").endsWith("xla_gpu_deterministic_ops\x12\x02\x10\x01"));
  assert.doesNotMatch(text("cpu"), /xla_gpu/);
  assert.ok(text("cpu").endsWith("xla_cpu_enable_fast_min_max\x12\x02\x10\x00"));
});
