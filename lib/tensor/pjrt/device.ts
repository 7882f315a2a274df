import { textAt } from "@/lib/tensor/c_memory.ts";
import type { Api } from "@/lib/tensor/pjrt/api.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";

/** A device of a client's. */
export interface Device {
  /** Its number among the client's devices of all hosts, by which programs are assigned to it. */
  readonly id: number;
  /** What the plugin calls it: `NVIDIA H100 80GB HBM3`, `TPU v4`, `cpu`. */
  readonly kind: string;
  /** Its address in the plugin. */
  readonly handle: bigint;
}

/** The memory of a device, in bytes, as its allocator counts it. */
export interface DeviceMemory {
  readonly inUse: number;
  readonly peakInUse?: number;
  /** What this process may have at most. */
  readonly limit?: number;
}

/** Asks the plugin what a device is. */
export function describeDevice(api: Api, handle: bigint): Device {
  const device_description = api.call("PJRT_Device_GetDescription", { device: handle })
    .get("device_description");
  const kind = api.call("PJRT_DeviceDescription_Kind", { device_description });
  return {
    id: api.call("PJRT_DeviceDescription_Id", { device_description }).number("id"),
    kind: textAt(kind.get("device_kind"), kind.number("device_kind_size")),
    handle,
  };
}

/** What a device's allocator counted; undefined where it counts nothing, as that of XLA's CPU plugin. */
export function deviceMemory(api: Api, { handle }: Device): DeviceMemory | undefined {
  try {
    const stats = api.call("PJRT_Device_MemoryStats", { device: handle });
    const isSet = (field: "peak_bytes_in_use_is_set" | "bytes_limit_is_set") =>
      (stats.get(field) & 0xffn) !== 0n;
    return {
      inUse: stats.number("bytes_in_use"),
      ...isSet("peak_bytes_in_use_is_set") && { peakInUse: stats.number("peak_bytes_in_use") },
      ...isSet("bytes_limit_is_set") && { limit: stats.number("bytes_limit") },
    };
  } catch (error) {
    if (error instanceof PjrtError) return undefined;
    throw error;
  }
}
