import { InputError } from "@/lib/base/errors.ts";
import { createClient } from "@/lib/tensor/pjrt/client.ts";
import { openPlugin } from "@/lib/tensor/pjrt/plugin.ts";
import { packFiles } from "@/tests/bench/gpu/pack.ts";
import type { Bench } from "@/tests/bench/gpu/run_step.ts";

/**
 * Opens the plugin that `PJRT_PLUGIN` names, and a pack's data.
 *
 * @param index The device, from 0.
 */
export async function openBench(folder: string, index: number): Promise<Bench> {
  const path = Deno.env.get("PJRT_PLUGIN");
  if (path === undefined) {
    throw new InputError(
      "PJRT_PLUGIN",
      "it is not set",
      "Set it to the plugin's path, such as jax_plugins/xla_cuda13/xla_cuda_plugin.so of a Python's site-packages",
    );
  }
  await openBeside(path);
  const client = createClient(openPlugin(path));
  const device = client.devices[index];
  if (device === undefined) {
    throw new InputError(
      "--device",
      `there is no device ${index}`,
      `There are ${client.devices.length}`,
    );
  }
  return { client, device, folder, data: await Deno.readFile(`${folder}/${packFiles.data}`) };
}

/** Opens CUDA's libraries where they lie beside the plugin's package, each after those that it needs. */
async function openBeside(plugin: string): Promise<void> {
  const folder = `${plugin.replace(/\/jax_plugins\/.*$/, "")}/nvidia`;
  let waiting: string[] = [];
  for (const name of await names(folder)) {
    for (const file of await names(`${folder}/${name}/lib`)) {
      if (/\.so\.\d+$/.test(file)) waiting.push(`${folder}/${name}/lib/${file}`);
    }
  }
  // A library whose needs are not open yet fails, and has its turn again.
  for (let before = Infinity; waiting.length < before;) {
    before = waiting.length;
    waiting = waiting.filter((path) => {
      try {
        Deno.dlopen(path, {});
        return false;
      } catch {
        return true;
      }
    });
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch {
    return [];
  }
}
