import { textAt, wordsAt } from "@/lib/tensor/c_memory.ts";
import type { Api } from "@/lib/tensor/pjrt/api.ts";
import { type BufferType, type DeviceBuffer, uploadBuffer } from "@/lib/tensor/pjrt/buffer.ts";
import {
  describeDevice,
  type Device,
  type DeviceMemory,
  deviceMemory,
} from "@/lib/tensor/pjrt/device.ts";
import { compileHere, compileProgram, type Program } from "@/lib/tensor/pjrt/compile_program.ts";
import type { Executable } from "@/lib/tensor/pjrt/executable.ts";
import { type NamedValue, namedValues } from "@/lib/tensor/pjrt/named_values.ts";
import type { Plugin } from "@/lib/tensor/pjrt/plugin.ts";
import { notStarted } from "@/lib/tensor/pjrt/plugin_errors.ts";
import type { Session } from "@/lib/tensor/pjrt/session.ts";
import { quietly } from "@/lib/tensor/standard_error.ts";

/** How a plugin is to use its devices; one refuses what is not meant for it. */
export interface ClientOptions {
  /** For XLA's CPU plugin, how many devices it is to show: by itself 4, whatever the number of cores. */
  readonly cpuDevices?: number;
  /** For GPUs, those to use, by their numbers on this machine: all by default. */
  readonly visibleDevices?: readonly number[];
  /** For GPUs, the greatest part of the memory of each to take: the plugin's own is 0.75. */
  readonly memoryFraction?: number;
  /** For GPUs, whether to take that part at once, as they do by themselves, or as it is needed: then processes can share one. */
  readonly preallocate?: boolean;
}

/** A plugin at work on its devices. */
export interface Client extends Session {
  /** Those of this host. */
  readonly devices: readonly Device[];
  /**
   * Copies an array to a device.
   *
   * @param bytes The values, row by row; they are copied before this returns, so the array may be used again.
   * @throws {PjrtError} If the device has no memory for it.
   */
  upload(bytes: Uint8Array, described: BufferType): DeviceBuffer;
  /**
   * Compiles a program on another thread, or loads what an earlier process compiled of it.
   *
   * @throws {PjrtError} What is wrong with it.
   */
  compile(program: Program): Promise<Executable>;
  /**
   * Compiles a program on this thread, for a caller that cannot wait.
   *
   * @throws {PjrtError} What is wrong with it.
   */
  compileHere(program: Program): Executable;
  /** What a device's allocator counted, where it counts. */
  memoryStats(device: Device): DeviceMemory | undefined;
  /** Gives the devices back; nothing of the client's may be used afterwards. */
  dispose(): void;
}

/**
 * Starts a plugin's work on its devices; a process needs one.
 *
 * What was found true of XLA's CPU plugin, in its versions 0.81 and 0.115: it shows 4 devices by itself, and as many as are
 * asked for; it does a good part of a program's work before `execute()` returns, where an accelerator's would only be asked
 * for it; the same program and values give the same bits, call after call and in another process, on one core and on two,
 * compiled anew or loaded from a folder.
 *
 * @throws {InputError} If the plugin finds no device, or cannot use it.
 */
export function createClient(plugin: Plugin, options: ClientOptions = {}): Client {
  const { api, path } = plugin;
  const named = namedValues(pluginOptions(options));
  const client = quietly("3", () => {
    try {
      const made = api.call("PJRT_Client_Create", {
        create_options: named,
        num_options: named.count,
      });
      return made.get("client");
    } catch (error) {
      throw notStarted(path, error);
    }
  });
  const name = api.call("PJRT_Client_PlatformName", { client });
  const version = api.call("PJRT_Client_PlatformVersion", { client });
  const session = {
    plugin,
    client,
    platform: textAt(name.get("platform_name"), name.number("platform_name_size")),
    version: textAt(version.get("platform_version"), version.number("platform_version_size")),
  };
  return {
    ...session,
    devices: devicesOf(api, client),
    upload: (bytes, described) => uploadBuffer(api, client, { ...described, bytes }),
    compile: (program) => compileProgram(session, program),
    compileHere: (program) => compileHere(session, program),
    memoryStats: (device) => deviceMemory(api, device),
    dispose: () => void api.call("PJRT_Client_Destroy", { client }),
  };
}

function devicesOf(api: Api, client: bigint): readonly Device[] {
  const found = api.call("PJRT_Client_AddressableDevices", { client });
  const handles = wordsAt(
    found.get("addressable_devices"),
    found.number("num_addressable_devices"),
  );
  return [...handles].map((handle) => describeDevice(api, handle));
}

function pluginOptions(options: ClientOptions): Readonly<Record<string, NamedValue>> {
  const { cpuDevices, visibleDevices, memoryFraction, preallocate } = options;
  return {
    ...cpuDevices !== undefined && { cpu_device_count: BigInt(cpuDevices) },
    ...visibleDevices && { visible_devices: visibleDevices.map(BigInt) },
    ...memoryFraction !== undefined && { memory_fraction: memoryFraction },
    ...preallocate !== undefined && { preallocate },
  };
}
