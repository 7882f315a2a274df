import { InputError } from "@/lib/base/errors.ts";
import type { Cuda } from "@/lib/tensor/provision/cuda.ts";
import { CUDA_WHEELS } from "@/lib/tensor/provision/cuda_wheels.ts";
import type { LibraryPackage, Wheel } from "@/lib/tensor/provision/wheel.ts";

/** What a plugin is for, and with which of NVIDIA's CUDA libraries. */
export type PluginTarget = "cuda12" | "cuda13" | "tpu" | "xla-cpu";

type Packages = Readonly<Record<string, LibraryPackage>>;

/** What a person does who cannot have a plugin fetched. */
const OWN_PLUGIN = "Or set PJRT_PLUGIN to the path of a plugin that you have";

/** What a plugin computes on, in words. */
const targetWords: Readonly<Record<PluginTarget, string>> = {
  cuda12: "NVIDIA's GPUs (CUDA 12)",
  cuda13: "NVIDIA's GPUs (CUDA 13)",
  tpu: "Google's TPUs",
  "xla-cpu": "XLA on CPUs",
};

const PACKAGES: Readonly<Record<PluginTarget, Packages>> = {
  cuda12: {
    "linux-x86_64": cuda(12, { bytes: 191_846_358, installedBytes: 4_310_149_112 }),
  },
  cuda13: {
    "linux-x86_64": cuda(13, { bytes: 134_922_808, installedBytes: 3_282_808_808 }),
  },
  tpu: {
    "linux-x86_64": plugin("tpu", {
      wheels: [{
        name: "libtpu",
        version: "0.0.52",
        pythonVersion: "3.11",
        platform: "manylinux_2_31_x86_64",
        bytes: 137_064_406,
        files: ["libtpu/libtpu.so"],
      }],
      installedBytes: 467_479_448,
    }),
  },
  "xla-cpu": {
    "linux-x86_64": xlaCpu({
      platform: "manylinux_2_27_x86_64",
      bytes: 63_461_052,
      installedBytes: 259_390_571,
    }),
    "linux-aarch64": xlaCpu({
      platform: "manylinux_2_27_aarch64",
      bytes: 49_514_947,
      installedBytes: 200_434_243,
    }),
  },
};

/**
 * The package of a plugin.
 *
 * @param machine Operating system and processor, as Deno names them ("linux-x86_64"); this machine by default.
 * @throws {InputError} If none is published for it.
 */
export function pluginPackage(
  target: PluginTarget,
  machine = `${Deno.build.os}-${Deno.build.arch}`,
): LibraryPackage {
  const packages = PACKAGES[target], found = packages[machine];
  if (found !== undefined) return found;
  throw new InputError(
    "PJRT plugin",
    `there is no package with one for ${targetWords[target]} on ${machine}, only on ${
      Object.keys(packages).join(", ")
    }`,
    `Compute on the CPU (--device cpu). ${OWN_PLUGIN}`,
  );
}

function plugin(
  target: PluginTarget,
  { wheels, installedBytes }: Pick<LibraryPackage, "wheels" | "installedBytes">,
): LibraryPackage {
  const title = `The PJRT plugin for ${targetWords[target]}`;
  const [{ version }] = wheels;
  return { title, name: "pjrt", target, version, wheels, installedBytes, instead: OWN_PLUGIN };
}

function cuda(
  version: Cuda,
  { bytes, installedBytes }: { readonly bytes: number; readonly installedBytes: number },
): LibraryPackage {
  const wheel: Wheel = {
    name: `jax-cuda${version}-pjrt`,
    version: "0.12.0.1",
    pythonVersion: "3.11",
    platform: "manylinux_2_27_x86_64",
    bytes,
    files: [`jax_plugins/xla_cuda${version}/xla_cuda_plugin.so`],
  };
  return plugin(`cuda${version}`, { wheels: [wheel, ...CUDA_WHEELS[version]], installedBytes });
}

function xlaCpu(
  { installedBytes, ...rest }: Pick<Wheel, "platform" | "bytes"> & {
    readonly installedBytes: number;
  },
): LibraryPackage {
  const folder = "xla_plugins/xla_cpu_pjrt";
  // With the header of its API, which tests hold `pjrt/header.ts` against.
  const files = [`${folder}/xla_cpu_pjrt.so`, `${folder}/include/pjrt_c_api.h`] as const;
  const wheel = { name: "xla-cpu-pjrt", version: "0.0.1", pythonVersion: "3.11", ...rest, files };
  return plugin("xla-cpu", { wheels: [wheel], installedBytes });
}
