import { createClient } from "@/lib/tensor/pjrt/client.ts";
import { openPlugin } from "@/lib/tensor/pjrt/plugin.ts";
import { findPlugin } from "@/lib/tensor/plugin.ts";

/** XLA's plugin for CPUs. */
export const plugin = openPlugin((await findPlugin("xla-cpu")).path);

/** At work on the four devices that it shows by itself. */
export const client = createClient(plugin);

/** The first of them. */
export const [device] = client.devices as [typeof client.devices[number]];

/** float32 numbers as bytes. */
export function floats(...values: number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** The same back. */
export function numbers(bytes: Uint8Array<ArrayBuffer>): number[] {
  return [...new Float32Array(bytes.buffer)];
}

/** A vector of float32 numbers on a device. */
export function vector(values: readonly number[], on = device) {
  return client.upload(floats(...values), { shape: [values.length], type: "f32", device: on });
}

/** Doubles a vector of two numbers. */
export const doubling = `module @doubling {
  func.func public @main(%x: tensor<2xf32>) -> tensor<2xf32> {
    %y = stablehlo.add %x, %x : tensor<2xf32>
    return %y : tensor<2xf32>
  }
}`;
