import { currentAccelerator } from "@/lib/tensor/accelerator.ts";
import { type DeviceTensor, releaseDeviceTensor } from "@/lib/tensor/device_tensor.ts";
import type { OpOutput } from "@/lib/tensor/executor.ts";
import { adoptTensor, deleteTensor } from "@/lib/tensor/handles.ts";
import { explain, explained } from "@/lib/tensor/out_of_memory.ts";
import type { Executable } from "@/lib/tensor/pjrt/executable.ts";
import type { Recording } from "@/lib/tensor/record.ts";
import type { RecordedInput, ValueType } from "@/lib/tensor/recorded.ts";
import { toStableHlo } from "@/lib/tensor/stablehlo/program.ts";
import { deviceTensorOf } from "@/lib/tensor/tensors.ts";
import type { CallOptions, Traced } from "@/lib/tensor/traced.ts";

/** When the newest call of this process is done, whichever function it called. */
let newest: Promise<void> = Promise.resolve();

/**
 * Makes a program for the loaded accelerator of what was recorded.
 *
 * A call returns when it is asked of the devices, and the one before it is done: no more than two are under way. What goes
 * wrong in one is thrown by the next, or as its results are read.
 *
 * @param options.donates Inputs whose memory results may take.
 * @param options.batched Inputs of which each device gets a share of the first axis.
 * @throws {Error} If an op has no program; {PjrtError} when it is made ready or called, if it does not compile, or fails.
 */
export function pjrtFunction(
  recording: Recording,
  options: { readonly donates: readonly number[]; readonly batched: readonly number[] },
): Traced {
  const accelerator = currentAccelerator()!;
  const { client, devices, cache } = accelerator;
  const { name, variables, assigned } = recording;
  const captured = recording.captures.map(({ id }) => id);
  const types = recording.outputs.map(({ shape, dtype }) => ({ shape, dtype }));
  const split = new Set(devices.length > 1 ? options.batched : []);
  const donated = pairs(recording, options.donates.filter((i) => !split.has(i)));
  const program = {
    text: toStableHlo({
      // Without the counts that tell functions of a process apart: the same program is found again by the next process.
      name: name.replace(/(_\d+)+$/, ""),
      inputs: recording.inputs.map(({ recorded }) => recorded as RecordedInput),
      outputs: recording.outputs.map(({ recorded }) => recorded),
    }, { donated, partitions: devices.length, sharded: split }),
    devices,
    ...cache !== undefined && { cache },
  };
  let executable: Executable | undefined;
  let compiling: Promise<void> | undefined;
  let isDisposed = false;

  function adopt(made: Executable): void {
    if (executable !== undefined || isDisposed) made.dispose();
    else executable = made;
  }

  function enqueue(given: readonly number[], { consumed }: CallOptions) {
    const tensors: DeviceTensor[] = [];
    try {
      for (const [i, id] of [...given, ...captured].entries()) {
        const tensor = deviceTensorOf(id, { isSplit: split.has(i) });
        // Held, because one that is given both whole and in shares is moved from the one to the other.
        tensor.holders++;
        tensors.push(tensor);
      }
      // What something else stands for too keeps its memory.
      const kept = [...donated.keys()].filter((i) => !consumed.has(i) || !isAlone(tensors, i));
      const args = devices.map((_, d) => tensors.map(({ buffers }) => buffers[d]!));
      const { outputs, done } = executable!.execute(args, { kept });
      newest = done;
      return types.map((type, i) => {
        const buffers = outputs.map((list) => list[i]!);
        return { ...type, buffers, isSplit: false, holders: 1 };
      });
    } catch (error) {
      throw explain(accelerator, executable, error);
    } finally {
      tensors.forEach(releaseDeviceTensor);
    }
  }

  return {
    variables,
    assigned,
    get isReady() {
      return executable !== undefined;
    },
    prepare: () =>
      compiling ??= explained(
        accelerator,
        undefined,
        async () => adopt(await client.compile(program)),
      ),
    prepareHere() {
      if (executable === undefined) adopt(client.compileHere(program));
    },
    async call(given, callOptions) {
      const before = newest;
      const made = enqueue(given, callOptions);
      try {
        // Of whatever function that was.
        await explained(accelerator, undefined, () => before);
      } catch (error) {
        made.forEach(releaseDeviceTensor);
        throw error;
      }
      return made.map(asOutput);
    },
    callHere: (given, callOptions) => enqueue(given, callOptions).map(asOutput),
    dispose() {
      isDisposed = true;
      executable?.dispose();
      for (const id of captured) deleteTensor(id);
    },
  };
}

function asOutput(onDevice: DeviceTensor): OpOutput {
  const { shape, dtype } = onDevice;
  return { id: adoptTensor({ onDevice }), shape: [...shape], dtype };
}

/** Whether one number stands for a tensor, beside the call that holds it. */
function isAlone(tensors: readonly DeviceTensor[], i: number): boolean {
  const tensor = tensors[i]!;
  return tensor.holders === 2 && tensors.indexOf(tensor) === tensors.lastIndexOf(tensor);
}

/** An output for each donated input, of its shape and data type; both are sorted alike, so that like goes to like. */
function pairs(
  { inputs, outputs }: Pick<Recording, "inputs" | "outputs">,
  donates: readonly number[],
): ReadonlyMap<number, number> {
  const free = new Map<string, number[]>();
  const key = ({ shape, dtype }: ValueType) => `${dtype}[${shape}]`;
  outputs.forEach((output, i) => {
    const places = free.get(key(output)) ?? [];
    free.set(key(output), [...places, i]);
  });
  return new Map(
    donates.toSorted((a, b) => a - b).flatMap((i) => {
      const place = free.get(key(inputs[i]!))?.shift();
      return place === undefined ? [] : [[i, place] as const];
    }),
  );
}
