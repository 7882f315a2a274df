import type { Pointer } from "@/lib/tensor/c_api.ts";
import { currentRuntime } from "@/lib/tensor/runtime.ts";

const handles = new Map<number, Pointer>();
let nextId = 1;

/** A number never given before: eager handles and nodes of a trace share the one sequence, so neither passes for the other. */
export function freshId(): number {
  return nextId++;
}

/** Takes charge of a tensor handle and gives the number by which tfjs knows it. */
export function adoptHandle(handle: Pointer): number {
  const id = freshId();
  handles.set(id, handle);
  return id;
}

/** The handle of a number, or undefined where it is none's or was deleted. */
export function handleOf(id: number): Pointer | undefined {
  return handles.get(id);
}

/** Gives a handle back to TensorFlow; a number without a handle is left alone. */
export function deleteHandle(id: number): void {
  const handle = handles.get(id);
  if (handle === undefined) return;
  handles.delete(id);
  currentRuntime().api.TFE_DeleteTensorHandle(handle);
}

/** How many tensor handles this process holds, those that compiled functions captured included; for tests that look for leaks. */
export function liveHandles(): number {
  return handles.size;
}
