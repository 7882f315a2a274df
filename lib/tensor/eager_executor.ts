import type { AttributeSetter } from "@/lib/tensor/attributes.ts";
import { setAttribute } from "@/lib/tensor/attributes.ts";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { cName } from "@/lib/tensor/c_memory.ts";
import { DATA_TYPE } from "@/lib/tensor/data_types.ts";
import { ATTRIBUTE, type Executor, type OpOutput } from "@/lib/tensor/executor.ts";
import { adoptTensor, deleteTensor } from "@/lib/tensor/handles.ts";
import { opInputs } from "@/lib/tensor/op_definition.ts";
import { withRealTypes } from "@/lib/tensor/real_types.ts";
import { checkStatus, notNull, type Runtime } from "@/lib/tensor/runtime.ts";
import { handleOf, readTensorSync, typeOf } from "@/lib/tensor/tensors.ts";
import { bytesOf, createHandle } from "@/lib/tensor/values.ts";

/** The executor that runs each op at once, through TensorFlow's eager C API. */
export function eagerExecutor(runtime: Runtime): Executor {
  const { api, context, status } = runtime;
  const attributes = eagerAttributes(runtime);

  const executor: Executor = {
    createTensor(shape, dtype, values) {
      const type = { shape, dtype };
      return adoptTensor({ handle: createHandle(runtime, type, bytesOf(type, values)) });
    },
    deleteTensor,
    tensorDataSync: readTensorSync,
    executeOp(name, opAttributes, inputs, outputs) {
      const made = api.TFE_NewOp(context, cName(name), status);
      checkStatus(api, status, name);
      const op = notNull(made);
      try {
        const handles = inputs.map(handleOf);
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
    const id = adoptTensor({ handle });
    const type = typeOf(id);
    if (type.dtype !== DATA_TYPE.int64) return { id, ...type };
    // tfjs has no int64: what TensorFlow gives as one goes on as int32.
    const [narrow] = executor.executeOp("Cast", INT64_TO_INT32, [id], 1);
    deleteTensor(id);
    return narrow!;
  }

  return executor;
}

/** The attributes of the `Cast` that makes int32 of int64. */
export const INT64_TO_INT32 = [
  { name: "SrcT", type: ATTRIBUTE.type, value: DATA_TYPE.int64 },
  { name: "DstT", type: ATTRIBUTE.type, value: DATA_TYPE.int32 },
] as const;

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
