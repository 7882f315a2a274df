import type { backend_util } from "@tensorflow/tfjs";
import { dims } from "@/lib/tensor/attributes.ts";
import type { Pointer } from "@/lib/tensor/c_api.ts";
import { DATA_TYPE, sizeOf, type Values, viewOf } from "@/lib/tensor/data_types.ts";
import type { ValueType } from "@/lib/tensor/recorded.ts";
import { checkStatus, notNull, type Runtime } from "@/lib/tensor/runtime.ts";

/**
 * Values as bytes, as TensorFlow holds them; a view of them where they are so already.
 *
 * @throws {Error} If they are not as many as the shape says, or of a data type that is not held.
 */
export function bytesOf(
  { shape, dtype }: ValueType,
  values: backend_util.BackendValues,
): Uint8Array<ArrayBuffer> {
  const View = viewOf(dtype);
  if (values.length !== sizeOf(shape)) {
    throw new Error(`Cannot make a tensor of shape [${shape}] from ${values.length} values`);
  }
  const typed = values instanceof View ? values : View.from(values as ArrayLike<number>);
  return new Uint8Array(typed.buffer as ArrayBuffer, typed.byteOffset, typed.byteLength);
}

/** The values behind bytes that are as TensorFlow holds them, and that no one else uses. */
export function valuesOf(bytes: Uint8Array<ArrayBuffer>, dtype: number): Values {
  const View = viewOf(dtype);
  const { buffer, byteOffset, byteLength } = bytes;
  return dtype === DATA_TYPE.bfloat16
    ? widen(new Uint16Array(buffer, byteOffset, byteLength / 2))
    : new View(buffer, byteOffset, byteLength / View.BYTES_PER_ELEMENT);
}

/** bfloat16 as float32, without loss: its bits are the upper half of float32's. */
function widen(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}

/** A `TF_Tensor` with a copy of bytes; the caller deletes it. */
export function allocateTensor(
  { api }: Runtime,
  { shape, dtype }: ValueType,
  bytes: Uint8Array,
): Pointer {
  const size = BigInt(bytes.byteLength);
  const tensor = notNull(api.TF_AllocateTensor(dtype, dims(shape), shape.length, size));
  if (bytes.byteLength > 0) {
    const data = notNull(api.TF_TensorData(tensor));
    const memory = Deno.UnsafePointerView.getArrayBuffer(data, bytes.byteLength);
    new Uint8Array(memory).set(bytes);
  }
  return tensor;
}

/** A tensor handle with a copy of bytes. */
export function createHandle(runtime: Runtime, type: ValueType, bytes: Uint8Array): Pointer {
  const { api, status } = runtime;
  const tensor = allocateTensor(runtime, type, bytes);
  const handle = api.TFE_NewTensorHandle(tensor, status);
  api.TF_DeleteTensor(tensor);
  checkStatus(api, status, "Cannot create a tensor");
  return notNull(handle);
}

/** Gives the bytes behind a handle, which are TensorFlow's own, to `use`; waits until they are computed. */
export function withBytes<T>(
  { api, status }: Runtime,
  handle: Pointer,
  use: (bytes: Uint8Array<ArrayBuffer>) => T,
): T {
  const tensor = api.TFE_TensorHandleResolve(handle, status);
  checkStatus(api, status, "Cannot read a tensor");
  try {
    const size = Number(api.TF_TensorByteSize(tensor));
    if (size === 0) return use(new Uint8Array(0));
    const data = notNull(api.TF_TensorData(tensor));
    return use(new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, size)));
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}
