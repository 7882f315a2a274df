import { InputError } from "@/lib/base/errors.ts";
import { currentAccelerator } from "@/lib/tensor/accelerator.ts";
import { graphExecutor } from "@/lib/tensor/graph_executor.ts";
import { pjrtFunction } from "@/lib/tensor/pjrt_function.ts";
import { record } from "@/lib/tensor/record.ts";
import type { ValueType } from "@/lib/tensor/recorded.ts";
import { currentRuntime } from "@/lib/tensor/runtime.ts";
import type { TensorFunction } from "@/lib/tensor/tensor_function.ts";
import { tensorflowFunction } from "@/lib/tensor/tensorflow_function.ts";
import type { Traced } from "@/lib/tensor/traced.ts";

/** How a function is traced. */
export interface TraceOptions {
  /** Letters, digits and underscores; each may be used once in a process. */
  readonly name: string;
  /** Places of the inputs that calls consume. */
  readonly donates: readonly number[];
  /** Places of the inputs of which each of several devices gets a share of the first axis. */
  readonly batched: readonly number[];
}

/**
 * Runs `fn` once on placeholders and makes a function of the ops that it asked for: TensorFlow's, or a program for the
 * accelerator that is loaded.
 *
 * @throws {InputError} If the devices that work as one cannot share a batch.
 * @throws {Error} What `fn` throws; if it reads values, keeps tensors or is not synchronous. Nothing is left behind.
 */
export function trace(
  fn: TensorFunction,
  signature: readonly ValueType[],
  { name, donates, batched }: TraceOptions,
): Traced {
  const accelerator = currentAccelerator();
  for (const i of batched) refuseUneven(signature[i]!, accelerator?.devices.length ?? 1);
  const executor = graphExecutor(currentRuntime(), { foldsFloats: accelerator === undefined });
  let keepCaptures = false;
  try {
    const recording = record(fn, signature, { name, executor });
    const traced = accelerator === undefined
      ? tensorflowFunction(recording, executor.graph)
      : pjrtFunction(recording, { donates, batched });
    keepCaptures = true;
    return traced;
  } finally {
    executor.dispose({ keepCaptures });
  }
}

function refuseUneven({ shape: [length = 1] }: ValueType, devices: number): void {
  if (length % devices === 0) return;
  throw new InputError(
    "device",
    `${devices} devices cannot share a batch of ${length} evenly`,
    "Use as many devices as divide it, or another batch",
  );
}
