import { InputError } from "@/lib/base/errors.ts";

/** Where TensorFlow computes. */
export type Device = { readonly kind: "cpu" } | { readonly kind: "gpu"; readonly index: number };

/** TensorFlow's name of the one GPU that a process sees; whichever it is, the process counts from 0. */
export const GPU_NAME = "/job:localhost/replica:0/task:0/device:GPU:0";

/**
 * Reads the name of a device.
 *
 * @param name `cpu`, `gpu` (the first) or `gpu:1` (the second), and so on.
 * @throws {InputError} For any other.
 */
export function parseDevice(name: string): Device {
  if (name === "cpu") return { kind: "cpu" };
  const index = name.match(/^gpu(?::(\d{1,3}))?$/);
  if (index !== null) return { kind: "gpu", index: Number(index[1] ?? 0) };
  throw new InputError(
    "device",
    `"${name}" is not known`,
    "Give cpu, gpu, or gpu:1 for the second",
  );
}

/** The name, refused if it is no device's. */
export function checkDevice(name: string): string {
  parseDevice(name);
  return name;
}

/**
 * A serialized `ConfigProto` (TensorFlow's `config.proto`).
 *
 * A GPU's memory is taken as it is needed, so that others may use the rest.
 *
 * @param options.threads Threads of one op, and ops at a time.
 */
export function configProto(
  options: { threads: number; device: Device },
): Uint8Array<ArrayBuffer> {
  const { threads, device } = options;
  const common = [
    ...integer(CONFIG.intraOpThreads, threads),
    ...integer(CONFIG.interOpThreads, threads),
  ];
  if (device.kind === "cpu") {
    // A map's entry: the device's kind, and how many of it may be used.
    const noGpu = [...bytes(1, encoder.encode("GPU")), ...integer(2, 0)];
    return new Uint8Array([...bytes(CONFIG.deviceCount, noGpu), ...common]);
  }
  const gpu = [
    ...integer(GPU.allowGrowth, 1),
    ...bytes(GPU.visibleDevices, encoder.encode(String(device.index))),
  ];
  return new Uint8Array([...common, ...bytes(CONFIG.gpuOptions, gpu)]);
}

/** Field numbers of `ConfigProto` and of its `GPUOptions`. */
const CONFIG = { deviceCount: 1, intraOpThreads: 2, interOpThreads: 5, gpuOptions: 6 } as const;
const GPU = { allowGrowth: 4, visibleDevices: 5 } as const;

const encoder = new TextEncoder();

function integer(field: number, value: number): number[] {
  return [field << 3, ...varint(value)];
}

function bytes(field: number, content: Iterable<number>): number[] {
  const all = [...content];
  return [field << 3 | 2, ...varint(all.length), ...all];
}

function varint(value: number): number[] {
  const parts: number[] = [];
  for (let rest = value;; rest >>>= 7) {
    if (rest < 0x80) return [...parts, rest];
    parts.push((rest & 0x7f) | 0x80);
  }
}
