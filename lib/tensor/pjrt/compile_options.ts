import type { Device } from "@/lib/tensor/pjrt/device.ts";
import { type ProtoField, protoMessage } from "@/lib/tensor/protobuf.ts";

/** XLA's flags that programs for a platform are compiled with. */
const FLAGS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  // The larger of a number and what is none is none, as everywhere else: a loss that is lost must show.
  cpu: { xla_cpu_enable_fast_min_max: false },
  // The same step on the same machine gives the same bits.
  cuda: { xla_gpu_deterministic_ops: true },
  rocm: { xla_gpu_deterministic_ops: true },
};

/**
 * The `CompileOptionsProto` of XLA (its `compile_options.proto`) for a program that runs once on one device, or
 * partitioned over several.
 *
 * @param text The program: where it says its shardings in the dialect of Shardy, that is what partitions it.
 * @param options.devices Where partition 0, 1, … runs.
 * @param options.platform The client's.
 */
export function compileOptions(
  text: string,
  { devices, platform }: { readonly devices: readonly Device[]; readonly platform: string },
): Uint8Array<ArrayBuffer> {
  const assignment: readonly ProtoField[] = [
    [1, 1], // replica_count
    [2, devices.length], // computation_count
    // computation_devices, each with its replica_device_ids
    ...devices.map(({ id }): ProtoField => [3, protoMessage([[1, id]])]),
  ];
  const build: readonly ProtoField[] = [
    [4, 1], // num_replicas
    [5, devices.length], // num_partitions
    [6, Number(devices.length > 1)], // use_spmd_partitioning
    [9, protoMessage(assignment)], // device_assignment
    [19, Number(/\bsdy\./.test(text))], // use_shardy_partitioner
  ];
  return protoMessage([
    [3, protoMessage(build)], // executable_build_options
    // env_option_overrides: a map of names to OptionOverrideProto, whose bool_field is 2
    ...Object.entries(FLAGS[platform] ?? {}).map(([name, value]): ProtoField => [
      7,
      protoMessage([[1, name], [2, protoMessage([[2, Number(value)]])]]),
    ]),
  ]);
}
