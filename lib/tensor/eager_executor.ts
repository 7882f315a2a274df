import type { AttributeSetter } from "@/lib/tensor/attributes.ts";
import { setAttribute } from "@/lib/tensor/attributes.ts";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { DATA_TYPE } from "@/lib/tensor/data_types.ts";
import { ATTRIBUTE, type Executor, type OpOutput } from "@/lib/tensor/executor.ts";
import { adoptHandle, deleteHandle, handleOf } from "@/lib/tensor/handles.ts";
import { opInputs } from "@/lib/tensor/op_definition.ts";
import { withRealTypes } from "@/lib/tensor/real_types.ts";
import { checkStatus, cString, notNull, type Runtime } from "@/lib/tensor/runtime.ts";
import { allocateTensor, readValues } from "@/lib/tensor/values.ts";

/** The executor that runs each op at once, through TensorFlow's eager C API. */
export function eagerExecutor(runtime: Runtime): Executor {
  const { api, context, status } = runtime;
  const attributes = eagerAttributes(runtime);

  const executor: Executor = {
    createTensor(shape, dtype, values) {
      const tensor = allocateTensor(runtime, shape, { dtype, values });
      const handle = api.TFE_NewTensorHandle(tensor, status);
      api.TF_DeleteTensor(tensor);
      checkStatus(api, status, "Cannot create a tensor");
      return adoptHandle(notNull(handle));
    },
    deleteTensor: deleteHandle,
    tensorDataSync: (id) => readValues(runtime, knownHandle(id)),
    executeOp(name, opAttributes, inputs, outputs) {
      const made = api.TFE_NewOp(context, cString(name), status);
      checkStatus(api, status, name);
      const op = notNull(made);
      try {
        const handles = inputs.map(knownHandle);
        const dtypes = handles.map((handle) => api.TFE_TensorHandleDataType(handle));
        const typed = withRealTypes(opInputs(runtime, name), opAttributes, dtypes);
        for (const attribute of typed) setAttribute(attributes, op, attribute);
        for (const handle of handles) {
          api.TFE_OpAddInput(op, handle, status);
          checkStatus(api, status, name);
        }
        const results = new BigUint64Array(outputs);
        const count = new Int32Array([outputs]);
        api.TFE_Execute(op, results, count, status);
        checkStatus(api, status, name);
        return Array.from(
          results.subarray(0, count[0]),
          (address) => describe(notNull(Deno.UnsafePointer.create(address))),
        );
      } finally {
        api.TFE_DeleteOp(op);
      }
    },
  };

  function describe(handle: Pointer): OpOutput {
    const output = describeHandle(runtime, handle);
    if (output.dtype !== DATA_TYPE.int64) return output;
    // tfjs has no int64: what TensorFlow gives as one goes on as int32.
    const [narrow] = executor.executeOp("Cast", INT64_TO_INT32, [output.id], 1);
    deleteHandle(output.id);
    return narrow!;
  }

  return executor;
}

/** The attributes of the `Cast` that makes int32 of int64. */
export const INT64_TO_INT32 = [
  { name: "SrcT", type: ATTRIBUTE.type, value: DATA_TYPE.int64 },
  { name: "DstT", type: ATTRIBUTE.type, value: DATA_TYPE.int32 },
] as const;

/** Takes charge of a handle and says what it holds. */
export function describeHandle(runtime: Runtime, handle: Pointer): OpOutput {
  const { api, status } = runtime;
  const rank = api.TFE_TensorHandleNumDims(handle, status);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    shape.push(Number(api.TFE_TensorHandleDim(handle, axis, status)));
  }
  return { id: adoptHandle(handle), shape, dtype: api.TFE_TensorHandleDataType(handle) };
}

/**
 * The handle of a tensor that an op is to read.
 *
 * @throws {Error} If the tensor was disposed, or made inside a compiled function that has been traced.
 */
export function knownHandle(id: number): Pointer {
  const handle = handleOf(id);
  if (handle !== undefined) return handle;
  throw new Error(
    "Cannot use a tensor that has no value: it was disposed, or it was made inside a compiled " +
      "function while that was traced. Return such a tensor from the function instead of keeping it",
  );
}

function eagerAttributes({ api, status }: Runtime): AttributeSetter {
  return {
    string: api.TFE_OpSetAttrString,
    int: api.TFE_OpSetAttrInt,
    intList: api.TFE_OpSetAttrIntList,
    float: api.TFE_OpSetAttrFloat,
    bool: api.TFE_OpSetAttrBool,
    type: api.TFE_OpSetAttrType,
    typeList: api.TFE_OpSetAttrTypeList,
    shape(op, name, lengths, rank) {
      api.TFE_OpSetAttrShape(op, name, lengths, rank, status);
      checkStatus(api, status, "Cannot set a shape");
    },
  };
}
