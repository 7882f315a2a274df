import { ATTRIBUTE, type Executor } from "@/lib/tensor/executor.ts";
import { DATA_TYPE, type Values } from "@/lib/tensor/data_types.ts";
import { liveHandles } from "@/lib/tensor/handles.ts";
import { readTensor } from "@/lib/tensor/tensors.ts";

/** What tfjs-node's backend calls its native addon: here, whichever executor is at work. */
export interface Binding extends Executor {
  /** A copy of a tensor's values; while a device computes them, JavaScript goes on. */
  tensorData(id: number): Promise<Values>;
  /** Makes an eager tensor, even while a function is traced. */
  readonly createEagerTensor: Executor["createTensor"];
  /** Runs `body` with every op going to another executor; the one before is back afterwards, whatever happens. */
  during<T>(executor: Executor, body: () => T): T;
  /** The executor that records, while a function is traced. */
  tracing(): Executor | undefined;
}

/** A binding over the executor that runs ops at once. */
export function createBinding(eager: Executor, version: string): Binding {
  let current = eager;
  const constants = {
    TF_Version: version,
    TF_FLOAT: DATA_TYPE.float32,
    TF_INT32: DATA_TYPE.int32,
    TF_INT64: DATA_TYPE.int64,
    TF_BOOL: DATA_TYPE.bool,
    TF_COMPLEX64: DATA_TYPE.complex64,
    TF_STRING: DATA_TYPE.string,
    TF_RESOURCE: DATA_TYPE.resource,
    TF_UINT8: DATA_TYPE.uint8,
    TF_ATTR_STRING: ATTRIBUTE.string,
    TF_ATTR_INT: ATTRIBUTE.int,
    TF_ATTR_FLOAT: ATTRIBUTE.float,
    TF_ATTR_BOOL: ATTRIBUTE.bool,
    TF_ATTR_TYPE: ATTRIBUTE.type,
    TF_ATTR_SHAPE: ATTRIBUTE.shape,
    TF_ATTR_RESOURCE: ATTRIBUTE.resource,
  };
  return {
    ...constants,
    isUsingGpuDevice: () => false,
    getNumOfTensors: liveHandles,
    getNumOfSavedModels: () => 0,
    createTensor: (shape, dtype, values) => current.createTensor(shape, dtype, values),
    deleteTensor: (id) => current.deleteTensor(id),
    tensorDataSync: (id) => current.tensorDataSync(id),
    // deno-lint-ignore require-await -- what is thrown while a function is traced is a rejection
    tensorData: async (id) => current === eager ? readTensor(id) : current.tensorDataSync(id),
    createEagerTensor: eager.createTensor,
    executeOp: (name, attributes, inputs, outputs) =>
      current.executeOp(name, attributes, inputs, outputs),
    during(executor, body) {
      const before = current;
      current = executor;
      try {
        return body();
      } finally {
        current = before;
      }
    },
    tracing: () => current === eager ? undefined : current,
  } as Binding;
}
