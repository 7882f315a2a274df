import * as tf from "@tensorflow/tfjs";
import { deleteHandle, handleOf } from "@/lib/tensor/handles.ts";
import { graphExecutor } from "@/lib/tensor/graph_executor.ts";
import { type Node, outputStructs } from "@/lib/tensor/graph_node.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { checkStatus, currentRuntime, notNull, type Runtime } from "@/lib/tensor/runtime.ts";
import type { Pointer } from "@/lib/tensor/c_api.ts";

/** A function of tensors: what `compile()` takes. It must be pure, and must not wait for anything. */
export type TensorFunction = (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[];

/** A function that TensorFlow holds, made by tracing for one signature of inputs. */
export interface Traced {
  /** Its name in TensorFlow, ended by a zero byte. */
  readonly name: Uint8Array<ArrayBuffer>;
  readonly outputs: readonly { readonly shape: number[]; readonly dtype: number }[];
  /** Handles of the tensors that it captured, which follow its inputs. */
  readonly captured: readonly Pointer[];
  /** Takes the function out of TensorFlow and lets its captured tensors go. */
  dispose(): void;
}

/** Shape and TensorFlow data type of an input. */
export interface InputSignature {
  readonly shape: readonly number[];
  readonly dtype: number;
}

/**
 * Runs `fn` once on placeholders and makes a TensorFlow function of the ops that it asked for.
 *
 * @param options.name The function's name in TensorFlow; each may be used once in a process.
 * @throws {Error} What `fn` throws; if it reads values, keeps tensors or is not synchronous. Nothing is left behind.
 */
export function trace(
  fn: TensorFunction,
  signature: readonly InputSignature[],
  options: { name: string },
): Traced {
  const runtime = currentRuntime();
  const backend = currentBackend();
  const executor = graphExecutor(runtime);
  let keepCaptures = false;
  try {
    const tensorsBefore = tf.memory().numTensors;
    const { inputs, outputs } = backend.binding.during(executor, () => {
      tf.engine().startScope(options.name);
      try {
        const placeholders = signature.map(({ shape, dtype }) =>
          executor.placeholder(shape, dtype)
        );
        const tensors = placeholders.map(({ id, node }) =>
          backend.createOutputTensor({ id, shape: node.shape, dtype: node.dtype })
        );
        const results = fn(tensors);
        if (!Array.isArray(results)) {
          throw new TypeError(
            `Cannot compile ${options.name}: it must return an array of tensors, at once (not a promise)`,
          );
        }
        return {
          inputs: placeholders.map(({ node }) => node),
          outputs: backend.getInputTensorIds(results).map((id) => executor.outputNode(id)),
        };
      } finally {
        tf.engine().endScope();
      }
    });
    const kept = tf.memory().numTensors - tensorsBefore;
    if (kept > 0) {
      throw new Error(
        `Cannot compile ${options.name}: it keeps ${kept} tensor(s) made while it is traced (tf.keep, ` +
          "tf.variable), which never get a value. Make them outside, or return them",
      );
    }
    const { captures } = executor;
    addFunction(runtime, executor.graph, {
      name: options.name,
      inputs: [...inputs, ...captures.map(({ node }) => node)],
      outputs,
    });
    keepCaptures = true;
    const name = new TextEncoder().encode(`${options.name}\0`);
    return {
      name,
      outputs: outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      captured: captures.map(({ handleId }) => handleOf(handleId)!),
      dispose() {
        runtime.api.TFE_ContextRemoveFunction(runtime.context, name, runtime.status);
        for (const { handleId } of captures) deleteHandle(handleId);
        checkStatus(runtime.api, runtime.status, `Cannot remove ${options.name}`);
      },
    };
  } finally {
    executor.dispose({ keepCaptures });
  }
}

function addFunction(
  { api, context, status }: Runtime,
  graph: Pointer,
  body: { name: string; inputs: readonly Node[]; outputs: readonly Node[] },
): void {
  const doing = `Cannot compile ${body.name}`;
  const made = api.TF_GraphToFunction(
    graph,
    new TextEncoder().encode(`${body.name}\0`),
    0,
    -1,
    null,
    body.inputs.length,
    outputStructs(body.inputs),
    body.outputs.length,
    outputStructs(body.outputs),
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
