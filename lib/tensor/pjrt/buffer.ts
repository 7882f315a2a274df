import type { Api } from "@/lib/tensor/pjrt/api.ts";
import type { Device } from "@/lib/tensor/pjrt/device.ts";
import { byteLengthOf, type ElementType } from "@/lib/tensor/pjrt/element_type.ts";
import { dropEvent, settle, settled } from "@/lib/tensor/pjrt/event.ts";
import { ELEMENT_TYPE, STRUCTS } from "@/lib/tensor/pjrt/header.ts";
import { type Struct, struct } from "@/lib/tensor/pjrt/struct.ts";

/** An array in a device's memory. */
export interface DeviceBuffer {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly device: Device;
  /** Of its values, dense. */
  readonly byteLength: number;
  /** Its address in the plugin, 0 once it is gone: disposed, or donated to a call. */
  readonly handle: bigint;
  /**
   * A copy of its values, row by row, as soon as they are computed; JavaScript goes on meanwhile.
   *
   * @throws {PjrtError} What went wrong as they were computed.
   * @throws {Error} If it is gone.
   */
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /** The same, while JavaScript waits. */
  readSync(): Uint8Array<ArrayBuffer>;
  /** Gives its memory back, once what was asked of it is done; twice is as good as once. */
  dispose(): void;
}

/** What is known of a buffer beside its address. */
export interface BufferType {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly device: Device;
}

let live = 0;

/** How many buffers of devices this process holds, for tests that look for leaks. */
export function liveBuffers(): number {
  return live;
}

/** Stands for the values of an array that has none: a plugin reads a byte of them all the same. */
const NOTHING = new Uint8Array(8);

/** `PJRT_HostBufferSemantics_kImmutableOnlyDuringCall`: the values are copied before the call returns. */
const COPIED = 0;

/**
 * Copies an array to a device.
 *
 * @param client The client's address.
 * @param bytes The values, row by row; they are copied before this returns, so the array may be used again.
 * @throws {PjrtError} If the device has no memory for it.
 */
export function uploadBuffer(
  api: Api,
  client: bigint,
  { bytes, ...described }: BufferType & { readonly bytes: Uint8Array },
): DeviceBuffer {
  const { shape, type, device } = described;
  const expected = byteLengthOf(shape, type);
  if (bytes.byteLength !== expected) {
    throw new Error(
      `Cannot upload ${bytes.byteLength} bytes as ${type} of shape [${shape}]: it has ${expected}`,
    );
  }
  const made = api.call("PJRT_Client_BufferFromHostBuffer", {
    client,
    data: expected === 0 ? NOTHING : asOwn(bytes),
    type: ELEMENT_TYPE[type],
    dims: BigInt64Array.from(shape, BigInt),
    num_dims: shape.length,
    host_buffer_semantics: COPIED,
    device: device.handle,
  });
  dropEvent(api, made.get("done_with_host_buffer"));
  return adoptBuffer(api, made.get("buffer"), described);
}

/** Takes charge of a buffer of the plugin's. */
export function adoptBuffer(api: Api, address: bigint, described: BufferType): DeviceBuffer {
  let handle = address;
  live++;
  const byteLength = byteLengthOf(described.shape, described.type);
  const copy = () => {
    if (handle === 0n) throw new Error("Cannot read a buffer that was disposed or donated");
    const bytes = new Uint8Array(byteLength);
    // Asked for nothing, a plugin would say how much there is.
    if (byteLength === 0) return { bytes, event: 0n };
    const asked = api.call("PJRT_Buffer_ToHostBuffer", {
      src: handle,
      host_layout: rowByRow(described.shape.length),
      dst: bytes,
      dst_size: byteLength,
    });
    return { bytes, event: asked.get("event") };
  };
  return {
    ...described,
    byteLength,
    get handle() {
      return handle;
    },
    async read() {
      const { bytes, event } = copy();
      await settled(api, event);
      return bytes;
    },
    readSync() {
      const { bytes, event } = copy();
      settle(api, event);
      return bytes;
    },
    dispose() {
      if (handle === 0n) return;
      const buffer = handle;
      handle = 0n;
      live--;
      api.call("PJRT_Buffer_Destroy", { buffer });
    },
  };
}

/** The same array, whose bytes are not shared with another thread of JavaScript's: none here are. */
function asOwn({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** The layout of a dense array whose last axis is the fastest: a device may have it otherwise. */
function rowByRow(rank: number): Struct<string> {
  return struct(STRUCTS.PJRT_Buffer_MemoryLayout, {
    "tiled.struct_size": TILED_BYTES,
    "tiled.minor_to_major": BigInt64Array.from({ length: rank }, (_, i) => BigInt(rank - 1 - i)),
    "tiled.minor_to_major_size": rank,
    type: TILED,
  });
}

/** The size of `PJRT_Buffer_MemoryLayout_Tiled`, and its number among the types of layouts. */
const TILED_BYTES = 56, TILED = 0;
