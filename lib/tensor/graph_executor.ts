import { type AttributeSetter, dims, setAttribute } from "@/lib/tensor/attributes.ts";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { cName, cString } from "@/lib/tensor/c_memory.ts";
import { DATA_TYPE, sizeOf, type Values } from "@/lib/tensor/data_types.ts";
import { INT64_TO_INT32 } from "@/lib/tensor/eager_executor.ts";
import type { Executor, OpAttribute } from "@/lib/tensor/executor.ts";
import { deleteTensor, freshId } from "@/lib/tensor/handles.ts";
import { type Node, outputStruct, outputStructs } from "@/lib/tensor/graph_node.ts";
import { isList, type OpInput, opInputs } from "@/lib/tensor/op_definition.ts";
import { countOf, withRealTypes } from "@/lib/tensor/real_types.ts";
import type { RecordedOp, ValueType } from "@/lib/tensor/recorded.ts";
import { checkStatus, notNull, type Runtime } from "@/lib/tensor/runtime.ts";
import { readBytes, readTensorSync, shareTensor, typeOf } from "@/lib/tensor/tensors.ts";
import { allocateTensor, bytesOf } from "@/lib/tensor/values.ts";

/** An eager tensor that traced code used: a further input of the function, held until the function is disposed. */
export interface Capture {
  readonly node: Node;
  /** Its number. */
  readonly id: number;
}

/**
 * An executor that records ops instead of running them: as plain data, and in a graph of TensorFlow's, which knows the shape
 * of every result.
 */
export interface GraphExecutor extends Executor {
  readonly graph: Pointer;
  readonly captures: readonly Capture[];
  placeholder(shape: readonly number[], dtype: number): { id: number; node: Node };
  /** A tensor of the function, or an eager one, as an output of the function. */
  outputNode(id: number): Node;
  /** Frees the graph; captured tensors go too unless `keepCaptures` is set. */
  dispose(options: { keepCaptures: boolean }): void;
}

/** Captured tensors of at most this many elements become constants, which TensorFlow can fold. */
const LARGEST_CONSTANT = 1024;

const FLOATS: ReadonlySet<number> = new Set([DATA_TYPE.float32, DATA_TYPE.bfloat16]);

/** Outputs that an op makes for its own gradient only, whose shape no one knows before it runs. */
const OPAQUE_OUTPUTS = new Map([["FusedBatchNormV3", 5]]);

/**
 * A new, empty graph and the executor that fills it.
 *
 * @param options.foldsFloats Whether small captured tensors of floats become constants; else only those of integers and bools
 *   do, so that one program serves whatever weights are captured.
 */
export function graphExecutor(
  runtime: Runtime,
  options: { readonly foldsFloats: boolean },
): GraphExecutor {
  const { api, status } = runtime;
  const graph = notNull(api.TF_NewGraph());
  const attributes = graphAttributes(runtime);
  const nodes = new Map<number, Node>();
  const captured = new Map<number, Node>();
  const captures: Capture[] = [];
  let operations = 0;

  function begin(opName: string): Pointer {
    const unique = cString(`${opName}_${operations++}`);
    return notNull(api.TF_NewOperation(graph, cName(opName), unique));
  }

  function finish(description: Pointer, opName: string): Pointer {
    const operation = api.TF_FinishOperation(description, status);
    checkStatus(api, status, opName);
    return notNull(operation);
  }

  function placeholder(shape: readonly number[], dtype: number): { id: number; node: Node } {
    const description = begin("Placeholder");
    api.TF_SetAttrType(description, cName("dtype"), dtype);
    api.TF_SetAttrShape(description, cName("shape"), dims(shape), shape.length);
    const output = outputStruct(finish(description, "Placeholder"), 0);
    const type = { shape: [...shape], dtype };
    return register({ output, ...type, recorded: { kind: "input", ...type } });
  }

  function constant(type: ValueType, bytes: Uint8Array): Node {
    const { dtype } = type, shape = [...type.shape];
    const tensor = allocateTensor(runtime, type, bytes);
    try {
      const description = begin("Const");
      api.TF_SetAttrType(description, cName("dtype"), dtype);
      api.TF_SetAttrTensor(description, cName("value"), tensor, status);
      const output = outputStruct(finish(description, "Const"), 0);
      return { output, shape, dtype, recorded: { kind: "constant", shape, dtype, bytes } };
    } finally {
      api.TF_DeleteTensor(tensor);
    }
  }

  function register(node: Node): { id: number; node: Node } {
    const id = freshId();
    nodes.set(id, node);
    return { id, node };
  }

  /** The node of a tensor; an eager tensor is captured on first use. */
  function nodeOf(id: number): Node {
    return nodes.get(id) ?? captured.get(id) ?? capture(id);
  }

  function capture(id: number): Node {
    const type = typeOf(id);
    let node: Node;
    const isFolded = options.foldsFloats || !FLOATS.has(type.dtype);
    if (isFolded && sizeOf(type.shape) <= LARGEST_CONSTANT) node = constant(type, readBytes(id));
    else {
      ({ node } = placeholder(type.shape, type.dtype));
      captures.push({ node, id: shareTensor(id) });
    }
    captured.set(id, node);
    return node;
  }

  function addInputs(
    description: Pointer,
    op: { definition: readonly OpInput[]; attributes: readonly OpAttribute[] },
    inputs: readonly Node[],
  ): void {
    let next = 0;
    for (const input of op.definition) {
      const count = countOf(input, op.attributes);
      const members = inputs.slice(next, next + count);
      if (isList(input)) api.TF_AddInputList(description, outputStructs(members), members.length);
      else api.TF_AddInput(description, members[0]!.output);
      next += count;
    }
  }

  function outputOf(operation: Pointer, index: number, opName: string): Omit<Node, "recorded"> {
    const output = outputStruct(operation, index);
    const dtype = api.TF_OperationOutputType(output);
    if (OPAQUE_OUTPUTS.get(opName) === index) return { output, shape: [0], dtype };
    const rank = api.TF_GraphGetTensorNumDims(graph, output, status);
    checkStatus(api, status, opName);
    const lengths = new BigInt64Array(Math.max(rank, 0));
    if (rank > 0) {
      api.TF_GraphGetTensorShape(graph, output, lengths, rank, status);
      checkStatus(api, status, opName);
    }
    const shape = Array.from(lengths, Number);
    if (rank < 0 || shape.some((length) => length < 0)) {
      throw new Error(
        `Cannot compile ${opName}: the shape of its result depends on values, and a compiled ` +
          "function needs every shape when it is traced. Do this outside the compiled function",
      );
    }
    return { output, shape, dtype };
  }

  const executor: GraphExecutor = {
    graph,
    captures,
    placeholder,
    outputNode(id) {
      // A function may not return an input or one tensor twice; a copy of the reference makes each output its own.
      const node = nodeOf(id);
      const description = begin("Identity");
      api.TF_AddInput(description, node.output);
      return { ...node, output: outputStruct(finish(description, "Identity"), 0) };
    },
    createTensor(shape, dtype, values) {
      const type = { shape, dtype };
      const bytes = bytesOf(type, values).slice();
      return register({ ...constant(type, bytes), values: values as Values }).id;
    },
    deleteTensor(id) {
      // A node lives as long as its graph; a tensor from outside is still the caller's to dispose.
      if (!nodes.has(id)) deleteTensor(id);
    },
    tensorDataSync(id) {
      const node = nodes.get(id);
      if (node === undefined) return readTensorSync(id);
      if (node.values !== undefined) return node.values;
      throw new Error(
        "Cannot read a tensor's values inside a compiled function (dataSync, data, arraySync, array, " +
          "print): nothing is computed while it is traced. Return the tensor and read it outside, or " +
          "express what depends on it with tensor operations such as tf.where",
      );
    },
    executeOp(name, opAttributes, inputs, outputs) {
      const definition = opInputs(runtime, name);
      const inputNodes = inputs.map(nodeOf);
      const dtypes = inputNodes.map((node) => node.dtype);
      const typed = withRealTypes(definition, opAttributes, dtypes);
      // From here to `finish()` nothing may throw: only that frees a description.
      const description = begin(name);
      addInputs(description, { definition, attributes: typed }, inputNodes);
      for (const attribute of typed) setAttribute(attributes, description, attribute);
      const operation = finish(description, name);
      const count = Math.min(outputs, api.TF_OperationNumOutputs(operation));
      const made = Array.from({ length: count }, (_, index) => outputOf(operation, index, name));
      const op: RecordedOp = {
        name,
        attributes: typed,
        inputs: inputNodes.map(({ recorded }) => recorded),
        outputs: made.map(({ shape, dtype }) => ({ shape, dtype })),
      };
      return made.map((output, index) => {
        const { shape, dtype } = output;
        const recorded = { kind: "result", shape, dtype, op, index } as const;
        const { id, node } = register({ ...output, recorded });
        if (node.dtype === DATA_TYPE.int64) {
          return executor.executeOp("Cast", INT64_TO_INT32, [id], 1)[0]!;
        }
        return { id, shape: node.shape, dtype: node.dtype };
      });
    },
    dispose({ keepCaptures }) {
      if (!keepCaptures) { for (const { id } of captures) deleteTensor(id); }
      api.TF_DeleteGraph(graph);
    },
  };
  return executor;
}

function graphAttributes({ api }: Runtime): AttributeSetter {
  return {
    string: api.TF_SetAttrString,
    int: api.TF_SetAttrInt,
    intList: api.TF_SetAttrIntList,
    float: api.TF_SetAttrFloat,
    bool: api.TF_SetAttrBool,
    type: api.TF_SetAttrType,
    typeList: api.TF_SetAttrTypeList,
    shape: api.TF_SetAttrShape,
  };
}
