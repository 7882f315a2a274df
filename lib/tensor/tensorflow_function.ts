import type { Pointer } from "@/lib/tensor/c_api.ts";
import { cString } from "@/lib/tensor/c_memory.ts";
import type { OpOutput } from "@/lib/tensor/executor.ts";
import { outputStructs } from "@/lib/tensor/graph_node.ts";
import { adoptTensor, deleteTensor } from "@/lib/tensor/handles.ts";
import type { Recording } from "@/lib/tensor/record.ts";
import type { ValueType } from "@/lib/tensor/recorded.ts";
import { checkStatus, currentRuntime, notNull } from "@/lib/tensor/runtime.ts";
import { handleOf } from "@/lib/tensor/tensors.ts";
import type { Traced } from "@/lib/tensor/traced.ts";

/**
 * Makes a TensorFlow function of what was recorded.
 *
 * @param graph The graph that it was recorded in.
 * @throws {TensorFlowError} If TensorFlow refuses it; when called, if an op in it fails.
 */
export function tensorflowFunction(recording: Recording, graph: Pointer): Traced {
  const { variables, assigned } = recording;
  const { api, context, status } = currentRuntime();
  const name = cString(recording.name);
  const captured = recording.captures.map(({ id }) => id);
  const types = recording.outputs.map(({ shape, dtype }) => ({ shape, dtype }));
  addFunction(recording, graph);

  /** An op that calls the function, with its inputs; it holds them, so that they may be disposed while it runs. */
  function callOp(given: readonly number[]): Pointer {
    const made = api.TFE_NewOp(context, name, status);
    checkStatus(api, status, "Cannot call a compiled function");
    const op = notNull(made);
    try {
      for (const id of [...given, ...captured]) {
        api.TFE_OpAddInput(op, handleOf(id), status);
        checkStatus(api, status, "Cannot give a compiled function an input");
      }
      return op;
    } catch (error) {
      api.TFE_DeleteOp(op);
      throw error;
    }
  }

  return {
    variables,
    assigned,
    isReady: true,
    prepare: () => Promise.resolve(),
    prepareHere() {},
    async call(given) {
      const op = callOp(given);
      // Its own status, because this thread uses the common one meanwhile.
      const own = notNull(api.TF_NewStatus());
      const results = new BigUint64Array(types.length);
      const count = new Int32Array([results.length]);
      try {
        await api.executeAside(op, results, count, own);
        checkStatus(api, own, FAILED);
      } finally {
        api.TFE_DeleteOp(op);
        api.TF_DeleteStatus(own);
      }
      return adopt(types, results);
    },
    callHere(given) {
      const op = callOp(given);
      const results = new BigUint64Array(types.length);
      try {
        api.TFE_Execute(op, results, new Int32Array([results.length]), status);
        checkStatus(api, status, FAILED);
      } finally {
        api.TFE_DeleteOp(op);
      }
      return adopt(types, results);
    },
    dispose() {
      api.TFE_ContextRemoveFunction(context, name, status);
      for (const id of captured) deleteTensor(id);
      checkStatus(api, status, `Cannot remove ${recording.name}`);
    },
  };
}

const FAILED = "A compiled function failed";

function adopt(types: readonly ValueType[], results: BigUint64Array): OpOutput[] {
  return types.map(({ shape, dtype }, i) => {
    const handle = notNull(Deno.UnsafePointer.create(results[i]!));
    return { id: adoptTensor({ handle }), shape: [...shape], dtype };
  });
}

function addFunction({ name, inputs, outputs }: Recording, graph: Pointer): void {
  const { api, context, status } = currentRuntime();
  const doing = `Cannot compile ${name}`;
  const made = api.TF_GraphToFunction(
    graph,
    cString(name),
    0,
    -1,
    null,
    inputs.length,
    outputStructs(inputs),
    outputs.length,
    outputStructs(outputs),
    null,
    null,
    new Uint8Array(1),
    status,
  );
  checkStatus(api, status, doing);
  const fn = notNull(made);
  api.TFE_ContextAddFunction(context, fn, status);
  api.TF_DeleteFunction(fn);
  checkStatus(api, status, doing);
}
