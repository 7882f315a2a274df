import type { Pointer } from "@/lib/tensor/c_api.ts";
import { type DeviceTensor, releaseDeviceTensor } from "@/lib/tensor/device_tensor.ts";
import { currentRuntime } from "@/lib/tensor/runtime.ts";

/** Where a tensor lies: with TensorFlow, or on the devices that compiled functions run on. */
export type Place = { readonly handle: Pointer } | { readonly onDevice: DeviceTensor };

const places = new Map<number, Place>();
let nextId = 1;

/** A number never given before: tensors and nodes of a trace share the one sequence, so that neither passes for the other. */
export function freshId(): number {
  return nextId++;
}

/** Takes charge of a tensor and gives the number by which tfjs knows it. */
export function adoptTensor(place: Place): number {
  const id = freshId();
  places.set(id, place);
  return id;
}

/** Where the tensor of a number lies, or undefined where it is none's or was deleted. */
export function placeOf(id: number): Place | undefined {
  return places.get(id);
}

/** Says that a tensor lies elsewhere now, and gives back what was held of it. */
export function moveTensor(id: number, place: Place): void {
  release(places.get(id)!);
  places.set(id, place);
}

/** Gives a tensor back; a number without one is left alone. */
export function deleteTensor(id: number): void {
  const place = places.get(id);
  if (place === undefined) return;
  places.delete(id);
  release(place);
}

/**
 * How many tensors this process holds, with TensorFlow and on devices, those that compiled functions captured included; for
 * tests that look for leaks.
 */
export function liveHandles(): number {
  return places.size;
}

function release(place: Place): void {
  if ("handle" in place) currentRuntime().api.TFE_DeleteTensorHandle(place.handle);
  else releaseDeviceTensor(place.onDevice);
}
