import * as tf from "@tensorflow/tfjs";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import type { Executor } from "@/lib/tensor/executor.ts";
import { type GraphExecutor, graphExecutor } from "@/lib/tensor/graph_executor.ts";
import { type Node, outputStructs } from "@/lib/tensor/graph_node.ts";
import { deleteHandle, handleOf } from "@/lib/tensor/handles.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { checkStatus, currentRuntime, notNull, type Runtime } from "@/lib/tensor/runtime.ts";
import { callOnce, keepsTensors, type TensorFunction } from "@/lib/tensor/tensor_function.ts";
import { allVariables, withVariablesRestored } from "@/lib/tensor/variables.ts";

/** A function that TensorFlow holds, made by tracing for one signature of inputs. */
export interface Traced {
  /** Its name in TensorFlow, ended by a zero byte. */
  readonly name: Uint8Array<ArrayBuffer>;
  /** The function's outputs, and after them the new values of the variables that it assigns. */
  readonly outputs: readonly { readonly shape: number[]; readonly dtype: number }[];
  /** Handles of the tensors that it captured, which follow its inputs. */
  readonly captured: readonly Pointer[];
  /** Variables that it reads, whose values at the time of a call follow the captured tensors. */
  readonly variables: readonly tf.Variable[];
  /** Variables that it assigns. */
  readonly assigned: readonly tf.Variable[];
  /** Whether XLA compiles it. */
  readonly xla: boolean;
  /** Takes the function out of TensorFlow and lets its captured tensors go. */
  dispose(): void;
}

let forXla = false;

/** Whether a function is being traced that XLA will compile: it lacks kernels that TensorFlow has. */
export function tracingForXla(): boolean {
  return forXla;
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
 * @param options.xla Whether XLA is to compile it at the first call.
 * @throws {Error} What `fn` throws; if it reads values, keeps tensors or is not synchronous. Nothing is left behind.
 */
export function trace(
  fn: TensorFunction,
  signature: readonly InputSignature[],
  options: { name: string; xla: boolean },
): Traced {
  const { name, xla } = options;
  const runtime = currentRuntime();
  const executor = graphExecutor(runtime);
  let keepCaptures = false;
  forXla = xla;
  try {
    const recorded = record(fn, signature, { name, executor });
    const { captures } = executor;
    const placeholders = [
      ...recorded.inputs,
      ...captures.map(({ node }) => node),
      ...recorded.reads.map(({ node }) => node),
    ];
    const outputs = [...recorded.outputs, ...recorded.writes.map(({ node }) => node)];
    addFunction(runtime, executor.graph, { name, inputs: placeholders, outputs });
    keepCaptures = true;
    const cName = new TextEncoder().encode(`${name}\0`);
    return {
      name: cName,
      outputs: outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      captured: captures.map(({ handleId }) => handleOf(handleId)!),
      variables: recorded.reads.map(({ variable }) => variable),
      assigned: recorded.writes.map(({ variable }) => variable),
      xla,
      dispose() {
        runtime.api.TFE_ContextRemoveFunction(runtime.context, cName, runtime.status);
        for (const { handleId } of captures) deleteHandle(handleId);
        checkStatus(runtime.api, runtime.status, `Cannot remove ${name}`);
      },
    };
  } finally {
    forXla = false;
    executor.dispose({ keepCaptures });
  }
}

/** A variable, and the placeholder that it is read from or the node that it is assigned. */
interface VariableNode {
  readonly variable: tf.Variable;
  readonly node: Node;
}

interface Recorded {
  readonly inputs: readonly Node[];
  readonly outputs: readonly Node[];
  readonly reads: readonly VariableNode[];
  readonly writes: readonly VariableNode[];
}

/** Runs `fn` with every op going into the executor's graph; each variable holds a placeholder meanwhile. */
function record(
  fn: TensorFunction,
  signature: readonly InputSignature[],
  { name, executor }: { name: string; executor: GraphExecutor },
): Recorded {
  const backend = currentBackend();
  const used = new Set<number>();
  const nodeOf = (tensor: tf.Tensor) => {
    const [id] = backend.getInputTensorIds([tensor]);
    used.add(id!);
    return executor.outputNode(id!);
  };
  return withVariablesRestored((variables) => {
    const before = tf.memory().numTensors;
    try {
      const recorded = backend.binding.during(watching(executor, used), () => {
        tf.engine().startScope(name);
        try {
          const inputs = signature.map((input) => placeholderTensor(executor, input));
          const lent = variables.map((variable) => lend(executor, variable));
          const outputs = callOnce(fn, inputs.map(({ tensor }) => tensor), name).map(nodeOf);
          const writes = lent
            .filter(({ variable, tensor }) => stillThere(variable, name).dataId !== tensor.dataId)
            .map(({ variable }) => ({ variable, node: nodeOf(variable) }));
          const reads = lent.filter(({ id }) => used.has(id));
          return { inputs: inputs.map(({ node }) => node), outputs, reads, writes };
        } finally {
          tf.engine().endScope();
        }
      });
      const kept = tf.memory().numTensors - before;
      if (kept > 0) throw keepsTensors(name, kept);
      return recorded;
    } finally {
      // Left alone, a variable made while tracing would stay in tfjs's list without a value.
      const known = new Set(variables);
      for (const variable of allVariables()) if (!known.has(variable)) variable.dispose();
    }
  });
}

/** An executor that notes which tensors are read. */
function watching(executor: Executor, used: Set<number>): Executor {
  return {
    ...executor,
    executeOp(name, attributes, inputs, outputs) {
      for (const id of inputs) used.add(id);
      return executor.executeOp(name, attributes, inputs, outputs);
    },
  };
}

function placeholderTensor(executor: GraphExecutor, { shape, dtype }: InputSignature) {
  const { id, node } = executor.placeholder(shape, dtype);
  return {
    id,
    node,
    tensor: currentBackend().createOutputTensor({ id, shape: node.shape, dtype }),
  };
}

/** Makes a variable hold a placeholder. */
function lend(executor: GraphExecutor, variable: tf.Variable) {
  const { shape, dtype } = currentBackend().tensorMap.get(variable.dataId);
  const placeholder = placeholderTensor(executor, { shape, dtype });
  variable.assign(placeholder.tensor);
  return { variable, ...placeholder };
}

function stillThere(variable: tf.Variable, name: string): tf.Variable {
  if (!variable.isDisposed) return variable;
  throw new Error(
    `Cannot compile ${name}: it disposes the variable "${variable.name}". Do that outside`,
  );
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
