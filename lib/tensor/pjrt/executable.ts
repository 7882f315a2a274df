import { bytesAt, wordsAt } from "@/lib/tensor/c_memory.ts";
import type { Api } from "@/lib/tensor/pjrt/api.ts";
import { adoptBuffer, type DeviceBuffer } from "@/lib/tensor/pjrt/buffer.ts";
import type { Device } from "@/lib/tensor/pjrt/device.ts";
import { type ElementType, elementTypeOf } from "@/lib/tensor/pjrt/element_type.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import { settled } from "@/lib/tensor/pjrt/event.ts";
import { STRUCTS } from "@/lib/tensor/pjrt/header.ts";
import { struct } from "@/lib/tensor/pjrt/struct.ts";

/** What a call gives at once: its results are still being computed. */
export interface Execution {
  /** By device, then in the order of the program's results. */
  readonly outputs: readonly (readonly DeviceBuffer[])[];
  /**
   * Settles when all devices are done.
   *
   * @throws {PjrtError} What went wrong on one; whoever does not wait for it is told by the results as they are read.
   */
  readonly done: Promise<void>;
}

/** Memory that a program needs on each of its devices, in bytes. */
export interface ExecutableMemory {
  readonly arguments: number;
  readonly outputs: number;
  /** How much of the outputs lies in donated arguments. */
  readonly aliased: number;
  /** While it runs. */
  readonly temporary: number;
  readonly code: number;
  /** Of all that at the worst moment, where the plugin says it. */
  readonly peak?: number;
}

/** A compiled program. */
export interface Executable {
  readonly devices: readonly Device[];
  /** Of its results, on each device. */
  readonly outputs: readonly { readonly shape: readonly number[]; readonly type: ElementType }[];
  /** Undefined where the plugin does not say it. */
  readonly memory: ExecutableMemory | undefined;
  /**
   * Runs it: the call returns as soon as that is asked of the devices.
   *
   * @param args By device, then in the order of the program's arguments. Those that the program takes for its results
   *   (`tf.aliasing_output`) are gone afterwards.
   * @param options.kept Places of such arguments that are to stay all the same.
   * @throws {PjrtError} If the arguments are not those of the program, or a device has no memory for the results. After the
   *   first of these on several devices, XLA's CPU plugin 0.81 never comes to an end of the next call.
   */
  execute(
    args: readonly (readonly DeviceBuffer[])[],
    options?: { readonly kept?: readonly number[] },
  ): Execution;
  /** The compiled program as bytes that this plugin can load on another day. */
  serialize(): Uint8Array<ArrayBuffer>;
  dispose(): void;
}

/**
 * Takes charge of a loaded executable of the plugin's.
 *
 * @param options.text The program that it was compiled from.
 */
export function adoptExecutable(
  api: Api,
  loaded: bigint,
  { devices, text }: { readonly devices: readonly Device[]; readonly text: string },
): Executable {
  const executable = api.call("PJRT_LoadedExecutable_GetExecutable", { loaded_executable: loaded })
    .get("executable");
  const outputs = outputsOf(api, executable);
  const donated = donatedBy(text);
  let isDisposed = false;
  return {
    devices,
    outputs,
    memory: memoryOf(api, executable),
    execute(args, { kept = [] } = {}) {
      if (isDisposed) throw new Error("Cannot run a program that was disposed");
      checkArguments(args, devices.length);
      const lists = args.map((list) => BigUint64Array.from(list, ({ handle }) => handle));
      const results = devices.map(() => new BigUint64Array(Math.max(1, outputs.length)));
      const events = new BigUint64Array(devices.length);
      api.call("PJRT_LoadedExecutable_Execute", {
        executable: loaded,
        options: struct(STRUCTS.PJRT_ExecuteOptions, {
          non_donatable_input_indices: BigInt64Array.from(kept, BigInt),
          num_non_donatable_input_indices: kept.length,
        }),
        argument_lists: lists,
        num_devices: devices.length,
        num_args: args[0]!.length,
        output_lists: results,
        device_complete_events: events,
      });
      for (const i of donated) {
        if (kept.includes(i)) continue;
        for (const list of args) list[i]!.dispose();
      }
      const done = allSettled(api, events);
      // It is thrown to whoever waits; that nobody does is no error by itself.
      done.catch(() => {});
      return {
        outputs: results.map((handles, d) =>
          outputs.map((output, i) =>
            adoptBuffer(api, handles[i]!, { ...output, device: devices[d]! })
          )
        ),
        done,
      };
    },
    serialize: () => serialized(api, executable),
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      api.call("PJRT_Executable_Destroy", { executable });
      api.call("PJRT_LoadedExecutable_Destroy", { executable: loaded });
    },
  };
}

/** The arguments of a program that are donated, by their places: it says so beside each. */
function donatedBy(text: string): readonly number[] {
  const signature = text.slice(text.indexOf("@main(")).split(/\)\s*->/)[0]!;
  const described = signature.split(/%[\w.$-]+\s*:/).slice(1);
  return described.flatMap((one, i) => /\btf\.aliasing_output\b/.test(one) ? [i] : []);
}

function checkArguments(args: readonly (readonly DeviceBuffer[])[], devices: number): void {
  if (args.length !== devices) {
    throw new Error(
      `Cannot run a program for ${devices} devices with arguments for ${args.length}`,
    );
  }
  for (const list of args) {
    const gone = list.findIndex(({ handle }) => handle === 0n);
    if (gone >= 0) throw new Error(`Argument ${gone} of a program was disposed or donated`);
  }
}

/** Waits for one after the other, because each takes a thread while it is waited for. */
async function allSettled(api: Api, events: BigUint64Array): Promise<void> {
  const failures: unknown[] = [];
  for (const event of events) await settled(api, event).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

function outputsOf(api: Api, executable: bigint): Executable["outputs"] {
  const types = api.call("PJRT_Executable_OutputElementTypes", { executable });
  const count = types.number("num_output_types");
  const numbers = new Uint32Array(bytesAt(types.get("output_types"), count * 4).buffer);
  const dimensions = api.call("PJRT_Executable_OutputDimensions", { executable });
  const ranks = [...wordsAt(dimensions.get("dim_sizes"), count)].map(Number);
  const all = ranks.reduce((sum, rank) => sum + rank, 0);
  const lengths = [...wordsAt(dimensions.get("dims"), all)].map(Number);
  return ranks.map((rank, i) => ({
    shape: lengths.splice(0, rank),
    type: elementTypeOf(numbers[i]!),
  }));
}

function memoryOf(api: Api, executable: bigint): ExecutableMemory | undefined {
  try {
    const stats = api.call("PJRT_Executable_GetCompiledMemoryStats", { executable });
    const peak = stats.number("peak_memory_in_bytes");
    return {
      arguments: stats.number("argument_size_in_bytes"),
      outputs: stats.number("output_size_in_bytes"),
      aliased: stats.number("alias_size_in_bytes"),
      temporary: stats.number("temp_size_in_bytes"),
      code: stats.number("generated_code_size_in_bytes"),
      // A plugin older than the field leaves its zero.
      ...peak > 0 && { peak },
    };
  } catch (error) {
    if (error instanceof PjrtError) return undefined;
    throw error;
  }
}

/** What frees the bytes of a serialised executable. */
const DELETER = { parameters: ["u64"], result: "void" } as const;

function serialized(api: Api, executable: bigint): Uint8Array<ArrayBuffer> {
  const made = api.call("PJRT_Executable_Serialize", { executable });
  try {
    return bytesAt(made.get("serialized_bytes"), made.number("serialized_bytes_size"));
  } finally {
    const deleter = Deno.UnsafePointer.create<typeof DELETER>(
      made.get("serialized_executable_deleter"),
    );
    if (deleter !== null) {
      new Deno.UnsafeFnPointer(deleter, DELETER).call(made.get("serialized_executable"));
    }
  }
}
