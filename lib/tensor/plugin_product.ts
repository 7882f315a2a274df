/**
 * Has a PJRT plugin multiply two matrices: a program for `tryPlugin()`. Its arguments are a device's name, or nothing for
 * whatever device the plugin has, the plugin's path, and the libraries to open before it.
 */
import { type Device, parseDevice } from "@/lib/tensor/device.ts";
import { openLibraries } from "@/lib/tensor/open_libraries.ts";
import { type Client, createClient } from "@/lib/tensor/pjrt/client.ts";
import type { Device as PluginDevice } from "@/lib/tensor/pjrt/device.ts";
import { openPlugin } from "@/lib/tensor/pjrt/plugin.ts";
import { SIDE, tryProduct } from "@/lib/tensor/product_trial.ts";

const SHAPE = [SIDE, SIDE], TYPE = `tensor<${SIDE}x${SIDE}xf32>`;

const PROGRAM = `
module @product {
  func.func public @main(%a: ${TYPE}, %b: ${TYPE}) -> ${TYPE} {
    %c = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (${TYPE}, ${TYPE}) -> ${TYPE}
    return %c : ${TYPE}
  }
}`;

/** Whether a plugin's platform is what a device's kind means. */
const SUITS: Readonly<Record<Device["kind"], (platform: string) => boolean>> = {
  cpu: () => false,
  gpu: (platform) => platform !== "cpu" && platform !== "tpu",
  tpu: (platform) => platform === "tpu",
  "xla-cpu": (platform) => platform === "cpu",
};

function checkClient({ platform, devices }: Client, name: string): void {
  const { kind, index, replicas } = parseDevice(name);
  if (!SUITS[kind](platform)) {
    throw new Error(`it computes on the platform "${platform}", not on "${kind}"`);
  }
  if (devices.length < index + replicas) {
    throw new Error(`"${name}" is asked for, and it shows ${devices.length} of them`);
  }
}

await tryProduct(async (a, b) => {
  const [name = "", path = "", ...libraries] = Deno.args;
  openLibraries(libraries);
  const plugin = openPlugin(path);
  // What others have of a GPU's memory is theirs.
  const isGpu = name !== "" && parseDevice(name).kind === "gpu";
  const client = createClient(plugin, isGpu ? { preallocate: false } : {});
  try {
    if (name !== "") checkClient(client, name);
    const device = client.devices[name === "" ? 0 : parseDevice(name).index]!;
    const version = plugin.api.version.join(".");
    return {
      product: await multiplyOn(device, client, [a, b]),
      by: `${device.kind} (1 of ${client.devices.length}), platform ${client.platform}, ` +
        `by PJRT ${version}`,
    };
  } finally {
    // A process that ends while the plugin is at work may crash.
    client.dispose();
  }
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
