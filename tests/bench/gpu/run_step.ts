import type { DeviceBuffer } from "@/lib/tensor/pjrt/buffer.ts";
import type { Client } from "@/lib/tensor/pjrt/client.ts";
import type { Device } from "@/lib/tensor/pjrt/device.ts";
import type { Executable } from "@/lib/tensor/pjrt/executable.ts";
import { bytesOf } from "@/tests/bench/gpu/fill.ts";
import type { PackedArray, PackedStep } from "@/tests/bench/gpu/pack.ts";

/** A device to run packed programs on, and where their files are. */
export interface Bench {
  readonly client: Client;
  readonly device: Device;
  readonly folder: string;
  readonly data: Uint8Array;
}

/** Copies a packed array to the device. */
export function upload({ client, device, data }: Bench, array: PackedArray): DeviceBuffer {
  return client.upload(bytesOf(array, data), { ...array, device });
}

/** A packed step that goes on from state to state. */
export interface RunningStep {
  readonly executable: Executable;
  /** Seconds that compiling took. */
  readonly compileSeconds: number;
  /**
   * Asks for a step.
   *
   * @param fresh New arrays in place of arguments.
   * @returns The loss, still being computed, for the caller to dispose; and when the step is done.
   */
  run(fresh?: readonly (readonly [number, PackedArray])[]): {
    readonly loss: DeviceBuffer;
    readonly done: Promise<void>;
  };
  /** The bytes of the state, by argument. */
  state(): Promise<Uint8Array[]>;
  dispose(): void;
}

/** Compiles a packed step and puts its arguments on the device. */
export async function startStep(bench: Bench, step: PackedStep): Promise<RunningStep> {
  const { client, device, folder } = bench;
  const text = await Deno.readTextFile(`${folder}/${step.program}`);
  const started = performance.now();
  const executable = await client.compile({ text, devices: [device] });
  const compileSeconds = (performance.now() - started) / 1000;
  const args = step.args.map((array) => upload(bench, array));
  const stateOutputs = new Set(step.state.map(([, output]) => output));
  return {
    executable,
    compileSeconds,
    run(fresh = []) {
      for (const [i, array] of fresh) {
        args[i]!.dispose();
        args[i] = upload(bench, array);
      }
      const { outputs: [outputs], done } = executable.execute([args]);
      for (const [argument, output] of step.state) args[argument] = outputs![output]!;
      outputs!.forEach((output, i) => {
        if (i !== step.loss && !stateOutputs.has(i)) output.dispose();
      });
      return { loss: outputs![step.loss]!, done };
    },
    state: () => Promise.all(step.state.map(([argument]) => args[argument]!.read())),
    dispose() {
      for (const arg of args) arg.dispose();
      executable.dispose();
    },
  };
}

/** The only number of an array. */
export async function numberIn(buffer: DeviceBuffer): Promise<number> {
  const bytes = await buffer.read();
  return new DataView(bytes.buffer).getFloat32(0, true);
}
