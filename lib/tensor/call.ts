import type * as tf from "@tensorflow/tfjs";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { adoptHandle } from "@/lib/tensor/handles.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { checkStatus, cString, currentRuntime, notNull } from "@/lib/tensor/runtime.ts";
import type { Traced } from "@/lib/tensor/trace.ts";

/**
 * Calls a traced function on this thread.
 *
 * @param handles Its inputs, then the tensors that it captured, then its variables' values.
 * @throws {TensorFlowError} If an op in it fails.
 */
export function callHere(traced: Traced, handles: readonly Pointer[]): tf.Tensor[] {
  const { api, status } = currentRuntime();
  const op = callOp(traced, handles);
  const results = new BigUint64Array(traced.outputs.length);
  try {
    api.TFE_Execute(op, results, new Int32Array([results.length]), status);
    checkStatus(api, status, failureOf(traced));
  } finally {
    api.TFE_DeleteOp(op);
  }
  return asTensors(traced, results);
}

/** Calls a traced function on another thread; as `callHere()` else. */
export async function callAside(
  traced: Traced,
  handles: readonly Pointer[],
): Promise<tf.Tensor[]> {
  const { api } = currentRuntime();
  const op = callOp(traced, handles);
  // Its own status, because this thread uses the common one meanwhile.
  const status = notNull(api.TF_NewStatus());
  const results = new BigUint64Array(traced.outputs.length);
  const count = new Int32Array([results.length]);
  try {
    await api.executeAside(op, results, count, status);
    checkStatus(api, status, failureOf(traced));
  } finally {
    api.TFE_DeleteOp(op);
    api.TF_DeleteStatus(status);
  }
  return asTensors(traced, results);
}

function failureOf({ xla }: Traced): string {
  const failed = "A compiled function failed";
  return xla ? `${failed} (XLA lacks some operations: without xla it may run)` : failed;
}

/** An op that calls the function, with its inputs; it holds them, so that they may be disposed while it runs. */
function callOp(traced: Traced, handles: readonly Pointer[]): Pointer {
  const { api, context, status } = currentRuntime();
  const made = api.TFE_NewOp(context, traced.name, status);
  checkStatus(api, status, "Cannot call a compiled function");
  const op = notNull(made);
  try {
    if (traced.xla) api.TFE_OpSetAttrBool(op, cString("_XlaMustCompile"), 1);
    for (const handle of handles) {
      api.TFE_OpAddInput(op, handle, status);
      checkStatus(api, status, "Cannot give a compiled function an input");
    }
    return op;
  } catch (error) {
    api.TFE_DeleteOp(op);
    throw error;
  }
}

function asTensors(traced: Traced, results: BigUint64Array): tf.Tensor[] {
  const backend = currentBackend();
  return traced.outputs.map(({ shape, dtype }, i) => {
    const id = adoptHandle(notNull(Deno.UnsafePointer.create(results[i]!)));
    return backend.createOutputTensor({ id, shape: [...shape], dtype });
  });
}
