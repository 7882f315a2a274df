import * as tf from "@tensorflow/tfjs";
import type { Executor } from "@/lib/tensor/executor.ts";
import type { Capture, GraphExecutor } from "@/lib/tensor/graph_executor.ts";
import type { Node } from "@/lib/tensor/graph_node.ts";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import type { ValueType } from "@/lib/tensor/recorded.ts";
import { callOnce, keepsTensors, type TensorFunction } from "@/lib/tensor/tensor_function.ts";
import { allVariables, withVariablesRestored } from "@/lib/tensor/variables.ts";

/** What a function of tensors asked for, of which each executor makes a function of its own. */
export interface Recording {
  /** Letters, digits and underscores; each is used once in a process. */
  readonly name: string;
  /** What is given at a call: inputs, the values of variables, captured tensors. */
  readonly inputs: readonly Node[];
  /** The function's outputs, and after them the new values of the variables that it assigns. */
  readonly outputs: readonly Node[];
  /** Variables that it reads. */
  readonly variables: readonly tf.Variable[];
  /** Variables that it assigns. */
  readonly assigned: readonly tf.Variable[];
  readonly captures: readonly Capture[];
}

/** A variable, and the placeholder that it is read from or the node that it is assigned. */
interface VariableNode {
  readonly variable: tf.Variable;
  readonly node: Node;
}

/**
 * Runs `fn` once on placeholders, with every op going into the executor's graph; each variable holds a placeholder meanwhile.
 *
 * @throws {Error} What `fn` throws; if it reads values, keeps tensors or is not synchronous. Nothing of tfjs's is left behind.
 */
export function record(
  fn: TensorFunction,
  signature: readonly ValueType[],
  { name, executor }: { readonly name: string; readonly executor: GraphExecutor },
): Recording {
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
      const recording = backend.binding.during(watching(executor, used), () => {
        tf.engine().startScope(name);
        try {
          const inputs = signature.map((input) => placeholderTensor(executor, input));
          const lent = variables.map((variable) => lend(executor, variable));
          const outputs = callOnce(fn, inputs.map(({ tensor }) => tensor), name).map(nodeOf);
          const writes: VariableNode[] = lent
            .filter(({ variable, tensor }) => stillThere(variable, name).dataId !== tensor.dataId)
            .map(({ variable }) => ({ variable, node: nodeOf(variable) }));
          const reads = lent.filter(({ id }) => used.has(id));
          const { captures } = executor;
          return {
            name,
            inputs: [...inputs, ...reads, ...captures].map(({ node }) => node),
            outputs: [...outputs, ...writes.map(({ node }) => node)],
            variables: reads.map(({ variable }) => variable),
            assigned: writes.map(({ variable }) => variable),
            captures,
          };
        } finally {
          tf.engine().endScope();
        }
      });
      const kept = tf.memory().numTensors - before;
      if (kept > 0) throw keepsTensors(name, kept);
      return recording;
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

function placeholderTensor(executor: GraphExecutor, { shape, dtype }: ValueType) {
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
