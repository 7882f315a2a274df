import { startAccelerator } from "@/lib/tensor/accelerator.ts";
import { parseDevice } from "@/lib/tensor/device.ts";
import { findPlugin } from "@/lib/tensor/plugin.ts";
import { packFiles } from "@/tests/bench/gpu/pack.ts";
import type { Bench } from "@/tests/bench/gpu/run_step.ts";

/**
 * Opens a device's plugin, found as `reproduce` finds it, and a pack's data.
 *
 * @param name Of the device: `gpu`, `gpu:1`, `xla-cpu`.
 */
export async function openBench(folder: string, name: string): Promise<Bench> {
  const asked = parseDevice(name);
  if (asked.kind === "cpu") throw new TypeError("TensorFlow's CPU is what a pack is compared with");
  const plugin = await findPlugin(asked.kind);
  const { client, devices: [device] } = startAccelerator(asked, plugin);
  return { client, device, folder, data: await Deno.readFile(`${folder}/${packFiles.data}`) };
}
