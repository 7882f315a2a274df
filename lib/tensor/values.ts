import type { backend_util } from "@tensorflow/tfjs";
import { dims } from "@/lib/tensor/attributes.ts";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { DATA_TYPE, sizeOf, type Values, viewOf } from "@/lib/tensor/data_types.ts";
import { checkStatus, notNull, type Runtime } from "@/lib/tensor/runtime.ts";

/**
 * A `TF_Tensor` with a copy of values; the caller deletes it.
 *
 * @throws {Error} If the values are not as many as the shape says, or of a data type that is not held.
 */
export function allocateTensor(
  runtime: Runtime,
  shape: readonly number[],
  content: { dtype: number; values: backend_util.BackendValues },
): Pointer {
  const View = viewOf(content.dtype);
  const size = sizeOf(shape);
  const { values } = content;
  if (values.length !== size) {
    throw new Error(`Cannot make a tensor of shape [${shape}] from ${values.length} values`);
  }
  const typed = values instanceof View ? values : View.from(values as ArrayLike<number>);
  const { api } = runtime;
  const bytes = BigInt(typed.byteLength);
  const tensor = notNull(api.TF_AllocateTensor(content.dtype, dims(shape), shape.length, bytes));
  if (typed.byteLength > 0) {
    const data = notNull(api.TF_TensorData(tensor));
    const memory = Deno.UnsafePointerView.getArrayBuffer(data, typed.byteLength);
    new Uint8Array(memory).set(new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength));
  }
  return tensor;
}

/** A copy of the values behind a handle; waits until they are computed. */
export function readValues(runtime: Runtime, handle: Pointer): Values {
  const { api, status } = runtime;
  const dtype = api.TFE_TensorHandleDataType(handle);
  const View = viewOf(dtype);
  const tensor = api.TFE_TensorHandleResolve(handle, status);
  checkStatus(api, status, "Cannot read a tensor");
  try {
    const bytes = Number(api.TF_TensorByteSize(tensor));
    if (bytes === 0) return new View(0);
    const data = notNull(api.TF_TensorData(tensor));
    const memory = Deno.UnsafePointerView.getArrayBuffer(data, bytes);
    return dtype === DATA_TYPE.bfloat16
      ? widen(new Uint16Array(memory))
      : new View(memory.slice(0));
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}

/** bfloat16 as float32, without loss: its bits are the upper half of float32's. */
function widen(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}
