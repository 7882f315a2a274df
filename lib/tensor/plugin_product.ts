/**
 * Has a PJRT plugin multiply two matrices: a program for `tryPlugin()`. Its arguments are a device's name, or nothing for
 * whatever device the plugin has, the plugin's path, and the libraries to open before it.
 */
import { startAccelerator } from "@/lib/tensor/accelerator.ts";
import { parseDevice } from "@/lib/tensor/device.ts";
import { openLibraries } from "@/lib/tensor/open_libraries.ts";
import { type Client, createClient } from "@/lib/tensor/pjrt/client.ts";
import type { Device as PluginDevice } from "@/lib/tensor/pjrt/device.ts";
import { openPlugin } from "@/lib/tensor/pjrt/plugin.ts";
import type { FoundPlugin } from "@/lib/tensor/plugin.ts";
import { SIDE, tryProduct } from "@/lib/tensor/product_trial.ts";

const SHAPE = [SIDE, SIDE], TYPE = `tensor<${SIDE}x${SIDE}xf32>`;

const PROGRAM = `
module @product {
  func.func public @main(%a: ${TYPE}, %b: ${TYPE}) -> ${TYPE} {
    %c = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (${TYPE}, ${TYPE}) -> ${TYPE}
    return %c : ${TYPE}
  }
}`;

/**
 * Has a plugin start its work.
 *
 * @param name A device's name, or nothing for whatever device it has.
 */
function start(name: string, plugin: Pick<FoundPlugin, "path" | "libraries">): Client {
  if (name !== "") return startAccelerator(parseDevice(name), plugin).client;
  openLibraries(plugin.libraries);
  return createClient(openPlugin(plugin.path));
}

await tryProduct(async (a, b) => {
  const [name = "", path = "", ...libraries] = Deno.args;
  const client = start(name, { path, libraries });
  const { plugin, platform, devices: [device] } = client;
  if (device === undefined) throw new Error("it finds no device");
  const product = await multiplyOn(device, client, [a, b]);
  const version = plugin.api.version.join(".");
  const others = client.devices.length - 1;
  const count = others === 0 ? "" : ` and ${others} more`;
  return { product, by: `${device.kind}${count}, platform ${platform}, by PJRT ${version}` };
});

async function multiplyOn(
  device: PluginDevice,
  client: Client,
  matrices: readonly Float32Array[],
): Promise<Float32Array> {
  const args = matrices.map(({ buffer }) =>
    client.upload(new Uint8Array(buffer), { shape: SHAPE, type: "f32", device })
  );
  const program = await client.compile({ text: PROGRAM, devices: [device] });
  const { outputs: [results] } = program.execute([args]);
  const product = new Float32Array((await results![0]!.read()).buffer);
  for (const buffer of [...args, ...results!]) buffer.dispose();
  program.dispose();
  return product;
}
