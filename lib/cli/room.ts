import { InputError } from "@/lib/base/errors.ts";
import { memory } from "@/lib/base/memory.ts";
import type { Room } from "@/lib/plan/mod.ts";
import { parseDevice } from "@/lib/tensor/device.ts";
import { searchGpus } from "@/lib/tensor/gpu.ts";

/** What there is on this machine, and what of it others do not hold now. */
export interface MachineRoom extends Room {
  /** Bytes of the machine's memory that further processes can have. */
  readonly free: number;
}

/**
 * The memory for steps on a device of this machine.
 *
 * @param name Of the device.
 * @param given Bytes of each such device, where that is known better, or it is another machine's.
 */
export function roomOn(name: string, given?: number): MachineRoom {
  const { kind, index, replicas } = parseDevice(name);
  const { total, available } = memory();
  const isHost = kind === "cpu" || kind === "xla-cpu";
  if (isHost) {
    return { isHost, replicas, host: given ?? total, device: Infinity, free: given ?? available };
  }
  const own = kind === "gpu" ? searchGpus().gpus.slice(index, index + replicas) : [];
  const isHere = own.length === replicas;
  const device = given ??
    (isHere ? Math.min(...own.map(({ memoryBytes }) => memoryBytes)) : Infinity);
  // Of a device that is not here the machine is another, too.
  const elsewhere = kind === "gpu" && !isHere;
  return { isHost, replicas, device, host: elsewhere ? Infinity : total, free: available };
}

const units: Readonly<Record<string, number>> = { M: 1e6, G: 1e9, T: 1e12 };

/**
 * Reads an amount of memory.
 *
 * @throws {InputError} If it is anything else.
 */
export function memoryOption(option: string): (text: string) => number {
  return (text) => {
    const [, value, unit] = /^(\d+(?:\.\d+)?) ?([MGT])B?$/i.exec(text) ?? [];
    const bytes = Number(value) * (units[unit?.toUpperCase() ?? ""] ?? NaN);
    if (bytes > 0) return bytes;
    throw new InputError(option, `"${text}" is no amount of memory`, "Give 80G, 24G, 512M, …");
  };
}
