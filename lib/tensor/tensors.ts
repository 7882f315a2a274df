import type { Pointer } from "@/lib/tensor/c_api.ts";
import type { Values } from "@/lib/tensor/data_types.ts";
import {
  type DeviceTensor,
  download,
  downloadSync,
  uploadTensor,
} from "@/lib/tensor/device_tensor.ts";
import { adoptTensor, moveTensor, type Place, placeOf } from "@/lib/tensor/handles.ts";
import type { ValueType } from "@/lib/tensor/recorded.ts";
import { checkStatus, currentRuntime, notNull } from "@/lib/tensor/runtime.ts";
import { createHandle, valuesOf, withBytes } from "@/lib/tensor/values.ts";

/**
 * Where a tensor that is to be used lies.
 *
 * @throws {Error} If the tensor was disposed, or made inside a compiled function that has been traced.
 */
function knownPlace(id: number): Place {
  const place = placeOf(id);
  if (place !== undefined) return place;
  throw new Error(
    "Cannot use a tensor that has no value: it was disposed, or it was made inside a compiled " +
      "function while that was traced. Return such a tensor from the function instead of keeping it",
  );
}

/**
 * The handle of a tensor that an op of TensorFlow is to read; one that lies on a device is brought back.
 *
 * @throws {Error} If it has no value.
 */
export function handleOf(id: number): Pointer {
  const place = knownPlace(id);
  if ("handle" in place) return place.handle;
  const handle = createHandle(currentRuntime(), place.onDevice, downloadSync(place.onDevice));
  moveTensor(id, { handle });
  return handle;
}

/**
 * A tensor that a program is to read, on its devices; one that lies with TensorFlow is brought there.
 *
 * @param options.isSplit Whether each device is to have a share of the first axis, instead of all.
 * @throws {Error} If it has no value.
 * @throws {PjrtError} If a device has no memory for it.
 */
export function deviceTensorOf(
  id: number,
  { isSplit }: { readonly isSplit: boolean },
): DeviceTensor {
  const place = knownPlace(id);
  if ("onDevice" in place && place.onDevice.isSplit === isSplit) return place.onDevice;
  const type = { ...typeOf(id), isSplit };
  const onDevice = "handle" in place
    ? withBytes(currentRuntime(), place.handle, (bytes) => uploadTensor(bytes, type))
    : uploadTensor(downloadSync(place.onDevice), type);
  moveTensor(id, { onDevice });
  return onDevice;
}

/** A further number for a tensor, which then goes when both are deleted. */
export function shareTensor(id: number): number {
  const place = knownPlace(id);
  if ("onDevice" in place) {
    place.onDevice.holders++;
    return adoptTensor(place);
  }
  const { api, status } = currentRuntime();
  const shared = api.TFE_TensorHandleCopySharingTensor(place.handle, status);
  checkStatus(api, status, "Cannot share a tensor");
  return adoptTensor({ handle: notNull(shared) });
}

/** Shape and data type of a tensor. */
export function typeOf(id: number): ValueType & { readonly shape: number[] } {
  const place = knownPlace(id);
  if ("onDevice" in place) {
    const { shape, dtype } = place.onDevice;
    return { shape: [...shape], dtype };
  }
  const { handle } = place;
  const { api, status } = currentRuntime();
  const rank = api.TFE_TensorHandleNumDims(handle, status);
  const shape = Array.from(
    { length: rank },
    (_, axis) => Number(api.TFE_TensorHandleDim(handle, axis, status)),
  );
  return { shape, dtype: api.TFE_TensorHandleDataType(handle) };
}

/** A copy of a tensor's bytes, as TensorFlow holds them; waits until they are computed, and moves nothing. */
export function readBytes(id: number): Uint8Array<ArrayBuffer> {
  const place = knownPlace(id);
  return "handle" in place
    ? withBytes(currentRuntime(), place.handle, (bytes) => bytes.slice())
    : downloadSync(place.onDevice);
}

/** A copy of a tensor's values; waits until they are computed, and moves nothing. */
export function readTensorSync(id: number): Values {
  return valuesOf(readBytes(id), typeOf(id).dtype);
}

/** The same; while a device computes them, JavaScript goes on. */
export async function readTensor(id: number): Promise<Values> {
  const place = knownPlace(id);
  if ("handle" in place) return readTensorSync(id);
  const { dtype } = place.onDevice;
  return valuesOf(await download(place.onDevice), dtype);
}
