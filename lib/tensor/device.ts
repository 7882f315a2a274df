import { InputError } from "@/lib/base/errors.ts";

const KINDS = ["cpu", "gpu", "tpu", "xla-cpu"] as const;

/** What computes: TensorFlow on the CPU, or XLA on an accelerator; XLA on the CPU is for tests. */
export type DeviceKind = typeof KINDS[number];

/** Where compiled functions run. */
export interface Device {
  readonly kind: DeviceKind;
  /** Which of this host's, from 0; the first of several. */
  readonly index: number;
  /** Devices that share one computation, each a part of a batch. */
  readonly replicas: number;
}

/**
 * Reads the name of a device.
 *
 * @param name `cpu`, `gpu` (the first), `gpu:1` (the second), `tpu`, `xla-cpu`, or `gpu*4` for four that work as one.
 * @throws {InputError} For any other.
 */
export function parseDevice(name: string): Device {
  const [, kindName, index, replicas] = name.match(/^([a-z-]+)(?::(\d{1,3}))?(?:\*(\d{1,3}))?$/) ??
    [];
  const kind = KINDS.find((one) => one === kindName);
  const device = { kind, index: Number(index ?? 0), replicas: Number(replicas ?? 1) };
  const isOne = index === undefined && replicas === undefined;
  if (kind === "cpu" && !isOne) {
    throw new InputError(
      "device",
      `"${name}" is not known: TensorFlow uses the CPU as one`,
      "Give cpu",
    );
  }
  const both = index !== undefined && replicas !== undefined;
  if (kind === undefined || both || device.replicas < 1) {
    throw new InputError(
      "device",
      `"${name}" is not known`,
      "Give cpu, gpu, gpu:1 for the second, gpu*4 for four that work as one, or tpu",
    );
  }
  return { ...device, kind };
}

/** The name, refused if it is no device's. */
export function checkDevice(name: string): string {
  parseDevice(name);
  return name;
}

/**
 * What of a device decides the bits of a result: its kind, and how many work as one; which of several it is changes nothing.
 *
 * @throws {InputError} If there is no such device.
 */
export function deviceClass(name: string): string {
  const { kind, replicas } = parseDevice(name);
  return replicas === 1 ? kind : `${kind}*${replicas}`;
}
