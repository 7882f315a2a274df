import { InputError } from "@/lib/base/errors.ts";
import type { Device, DeviceKind } from "@/lib/tensor/device.ts";
import { openLibraries } from "@/lib/tensor/open_libraries.ts";
import { type Client, type ClientOptions, createClient } from "@/lib/tensor/pjrt/client.ts";
import type { Device as PjrtDevice } from "@/lib/tensor/pjrt/device.ts";
import { openPlugin } from "@/lib/tensor/pjrt/plugin.ts";

/** What runs compiled functions in TensorFlow's place. */
export interface Accelerator {
  readonly client: Client;
  /** Those that work as one: most often one. */
  readonly devices: readonly [PjrtDevice, ...PjrtDevice[]];
  /** The folder in which compiled programs are kept for the next process; none by default. */
  readonly cache?: string;
}

/** Whether a plugin's platform is what a device's kind means: results are kept under that name. */
const SUITS: Readonly<Record<DeviceKind, (platform: string) => boolean>> = {
  cpu: () => false,
  gpu: (platform) => platform !== "cpu" && platform !== "tpu",
  tpu: (platform) => platform === "tpu",
  "xla-cpu": (platform) => platform === "cpu",
};

let loaded: Accelerator | undefined;

/** What runs compiled functions, or undefined where TensorFlow does. */
export function currentAccelerator(): Accelerator | undefined {
  return loaded;
}

/**
 * Starts a plugin's work on a device, for the rest of the process.
 *
 * @param plugin.path Its shared library.
 * @param plugin.libraries What it needs, in the order in which they are opened.
 * @throws {InputError} If the plugin cannot be used, is for devices of another kind, or has not so many.
 */
export function startAccelerator(
  device: Device,
  plugin: {
    readonly path: string;
    readonly libraries: readonly string[];
    readonly cache?: string;
  },
): Accelerator {
  const { kind, index, replicas } = device;
  openLibraries(plugin.libraries);
  const visibleDevices = Array.from({ length: replicas }, (_, i) => index + i);
  const options: ClientOptions = kind === "gpu"
    // Only as much of its memory is taken as is needed, so that others may use the rest; and up to nearly all of it.
    ? { visibleDevices, preallocate: false, memoryFraction: 0.95 }
    : kind === "xla-cpu"
    ? { cpuDevices: index + replicas }
    : {};
  const client = createClient(openPlugin(plugin.path), options);
  if (!SUITS[kind](client.platform)) {
    client.dispose();
    throw new InputError(
      "device",
      `"${kind}" is asked for, and ${plugin.path} computes on the platform "${client.platform}"`,
      "Set PJRT_PLUGIN to one for it, or unset it, or ask for the device that it is for",
      { kind: "machine" },
    );
  }
  // Of GPUs, those before it are not visible.
  const passed = kind === "gpu" ? 0 : index;
  const [first, ...others] = client.devices.slice(passed, passed + replicas);
  if (first === undefined || others.length < replicas - 1) {
    const found = client.devices.length;
    client.dispose();
    throw new InputError(
      "device",
      `${passed + replicas} are asked for, and ${plugin.path} finds ${found}`,
      "Ask for fewer",
      { kind: "machine" },
    );
  }
  const { cache } = plugin;
  loaded = {
    client,
    devices: [first, ...others],
    ...cache !== undefined && { cache },
  };
  return loaded;
}
