import { protoMessage } from "@/lib/tensor/protobuf.ts";

/**
 * A serialized `ConfigProto` (TensorFlow's `config.proto`), by which it leaves GPUs alone.
 *
 * @param options.threads Threads of one op, and ops at a time.
 */
export function configProto({ threads }: { readonly threads: number }): Uint8Array<ArrayBuffer> {
  return protoMessage([
    [1, protoMessage([[1, "GPU"], [2, 0]])], // device_count: how many of a kind may be used
    [2, threads], // intra_op_parallelism_threads
    [5, threads], // inter_op_parallelism_threads
  ]);
}
