/**
 * A serialized `ConfigProto` (TensorFlow's `config.proto`), by which it leaves GPUs alone.
 *
 * @param options.threads Threads of one op, and ops at a time.
 */
export function configProto({ threads }: { readonly threads: number }): Uint8Array<ArrayBuffer> {
  // A map's entry: the device's kind, and how many of it may be used.
  const noGpu = [...bytes(1, new TextEncoder().encode("GPU")), ...integer(2, 0)];
  return new Uint8Array([
    ...bytes(CONFIG.deviceCount, noGpu),
    ...integer(CONFIG.intraOpThreads, threads),
    ...integer(CONFIG.interOpThreads, threads),
  ]);
}

/** Field numbers of `ConfigProto`. */
const CONFIG = { deviceCount: 1, intraOpThreads: 2, interOpThreads: 5 } as const;

function integer(field: number, value: number): number[] {
  return [field << 3, ...varint(value)];
}

function bytes(field: number, content: readonly number[] | Uint8Array): number[] {
  return [field << 3 | 2, ...varint(content.length), ...content];
}

function varint(value: number): number[] {
  const parts: number[] = [];
  for (let rest = value;; rest >>>= 7) {
    if (rest < 0x80) return [...parts, rest];
    parts.push((rest & 0x7f) | 0x80);
  }
}
