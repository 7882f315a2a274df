import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js";
import type { Binding } from "@/lib/tensor/binding.ts";
import { DATA_TYPE } from "@/lib/tensor/data_types.ts";
import type { OpAttribute, OpOutput } from "@/lib/tensor/executor.ts";

// tfjs-node calls two functions that Node has since removed from `util`.
Object.assign(util, {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
});

/** What tfjs-node's backend keeps of a tensor. */
interface TensorRecord {
  readonly shape: number[];
  /** TensorFlow's data type. */
  dtype: number;
  /** The handle or node; negative while the values still wait in JavaScript. */
  id: number;
  values: tf.backend_util.BackendValues | null;
  refCount: number;
  /** The tensor was made by traced code: its values become a constant of that graph. */
  traced?: boolean;
}

/** tfjs-node's backend over this room's binding, with the members that its types call private. */
export interface TensorBackend {
  readonly binding: Binding;
  readonly tensorMap: tf.DataStorage<TensorRecord>;
  createOutputTensor(output: OpOutput): tf.Tensor;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  read(dataId: object): Promise<tf.backend_util.BackendValues>;
  move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void;
  executeSingleOutput(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
}

/** tfjs-node's backend, made to work while a function is traced. */
export function createNodeBackend(binding: Binding): TensorBackend {
  // The foreign class types its members as private and its binding as the native addon.
  const backend = new NodeJSKernelBackend(
    binding as never,
    "@tensorflow/tfjs-node",
  ) as unknown as TensorBackend;

  const move = backend.move.bind(backend);
  backend.move = (dataId, values, shape, dtype, refCount) => {
    move(dataId, values, shape, dtype, refCount);
    if (binding.tracing() !== undefined) backend.tensorMap.get(dataId).traced = true;
  };

  // tfjs has no bfloat16: such a tensor is labelled float32, and its record keeps what it is.
  const createOutputTensor = backend.createOutputTensor.bind(backend);
  backend.createOutputTensor = (output) => {
    if (output.dtype !== DATA_TYPE.bfloat16) return createOutputTensor(output);
    const tensor = createOutputTensor({ ...output, dtype: DATA_TYPE.float32 });
    backend.tensorMap.get(tensor.dataId).dtype = DATA_TYPE.bfloat16;
    return tensor;
  };

  // tfjs-node's own waits for the values on this thread.
  backend.read = async (dataId) => {
    const { values, id } = backend.tensorMap.get(dataId);
    return values ?? await binding.tensorData(id);
  };

  // Values wait in JavaScript until an op wants them. A tensor from outside that a traced function is the first to use
  // must still become an eager tensor: as a constant of the graph it would be lost with the graph.
  backend.getInputTensorIds = (tensors) =>
    tensors.map(({ dataId }) => {
      const record = backend.tensorMap.get(dataId);
      if (record.values !== null && record.values !== undefined) {
        const { shape, dtype, values } = record;
        record.id = record.traced
          ? binding.createTensor(shape, dtype, values)
          : binding.createEagerTensor(shape, dtype, values);
        record.values = null;
      }
      return record.id;
    });
  return backend;
}

/**
 * The backend that `loadBackend()` registered with tfjs.
 *
 * @throws {Error} Before `loadBackend()`.
 */
export function currentBackend(): TensorBackend {
  const backend = tf.findBackend("tensorflow");
  if (!backend) throw new Error("TensorFlow is not loaded: await loadBackend() first");
  return backend as unknown as TensorBackend;
}
