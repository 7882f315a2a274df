import { currentAccelerator } from "@/lib/tensor/accelerator.ts";
import { explain, explained } from "@/lib/tensor/out_of_memory.ts";
import type { DeviceBuffer } from "@/lib/tensor/pjrt/buffer.ts";
import type { ValueType } from "@/lib/tensor/recorded.ts";
import { elementOf } from "@/lib/tensor/stablehlo/types.ts";
import { countDownload, countUpload } from "@/lib/tensor/transfers.ts";

/** A tensor in the memory of the devices that compiled functions run on. */
export interface DeviceTensor extends ValueType {
  /** One a device. */
  readonly buffers: readonly DeviceBuffer[];
  /** Whether each device has an equal share of the first axis; else each has all. */
  readonly isSplit: boolean;
  /** How many numbers stand for it. */
  holders: number;
}

/**
 * Copies a tensor to the devices.
 *
 * @param bytes As TensorFlow holds them; they are copied before this returns.
 * @param options.isSplit Whether each device gets a share of the first axis.
 * @throws {PjrtError} If a device has no memory for it.
 */
export function uploadTensor(
  bytes: Uint8Array,
  { shape, dtype, isSplit }: ValueType & { readonly isSplit: boolean },
): DeviceTensor {
  const { client, devices } = currentAccelerator()!;
  const parts = isSplit ? devices.length : 1;
  const part = bytes.byteLength / parts;
  const shared = isSplit ? [shape[0]! / parts, ...shape.slice(1)] : shape;
  const buffers: DeviceBuffer[] = [];
  try {
    devices.forEach((device, d) => {
      const own = isSplit ? bytes.subarray(d * part, (d + 1) * part) : bytes;
      buffers.push(client.upload(own, { shape: shared, type: elementOf(dtype), device }));
    });
  } catch (error) {
    for (const buffer of buffers) buffer.dispose();
    throw error;
  }
  countUpload(bytes.byteLength * devices.length / parts);
  return { shape: [...shape], dtype, buffers, isSplit, holders: 1 };
}

/**
 * A copy of its bytes, as TensorFlow holds them; JavaScript goes on meanwhile.
 *
 * @throws {PjrtError} What went wrong as they were computed.
 */
export async function download(tensor: DeviceTensor): Promise<Uint8Array<ArrayBuffer>> {
  const read = () => Promise.all(wanted(tensor).map((buffer) => buffer.read()));
  return counted(joined(await explained(currentAccelerator()!, undefined, read)));
}

/** The same, while JavaScript waits. */
export function downloadSync(tensor: DeviceTensor): Uint8Array<ArrayBuffer> {
  try {
    return counted(joined(wanted(tensor).map((buffer) => buffer.readSync())));
  } catch (error) {
    throw explain(currentAccelerator()!, undefined, error);
  }
}

/** One number less stands for it; without any, its memory is given back. */
export function releaseDeviceTensor(tensor: DeviceTensor): void {
  tensor.holders--;
  if (tensor.holders === 0) { for (const buffer of tensor.buffers) buffer.dispose(); }
}

function wanted({ buffers, isSplit }: DeviceTensor): readonly DeviceBuffer[] {
  return isSplit ? buffers : buffers.slice(0, 1);
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

function counted(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  countDownload(bytes.byteLength);
  return bytes;
}
