import { namesIn } from "@/lib/base/files.ts";
import type { GpuSearch } from "@/lib/tensor/gpu.ts";

/** One of the versions of CUDA that plugins are built for. */
export type Cuda = 12 | 13;

/**
 * The version whose plugin is fetched for other machines, of whose drivers nothing is known: a driver that knows CUDA 13 runs
 * it too.
 */
export const CUDA_ELSEWHERE: Cuda = 12;

/** What NVIDIA asks for: CUDA that the driver knows, and the compute capability of the GPU. */
const NEEDS: Readonly<Record<Cuda, { readonly driver: number; readonly capability: number }>> = {
  12: { driver: 12, capability: 5.2 },
  13: { driver: 13, capability: 7.5 },
};

/** The versions of CUDA that run on all GPUs of this machine, the newest first. */
export function suitedCuda(found: GpuSearch): readonly Cuda[] {
  return ([13, 12] as const).filter((cuda) => whyNotCuda(cuda, found) === undefined);
}

/** Why a version of CUDA does not run on this machine; undefined where it does. */
export function whyNotCuda(
  cuda: Cuda,
  { gpus, driver = 0, problem }: GpuSearch,
): string | undefined {
  if (gpus.length === 0) return problem ?? "there is no GPU";
  const needs = NEEDS[cuda];
  if (driver < needs.driver) {
    return `NVIDIA's driver is too old: it knows CUDA ${driver.toFixed(1)}, and ${
      needs.driver.toFixed(1)
    } is needed`;
  }
  const old = gpus.find(({ computeCapability }) => computeCapability < needs.capability);
  return old &&
    `${old.name} has compute capability ${
      old.computeCapability.toFixed(1)
    }, and CUDA ${cuda} needs ${needs.capability.toFixed(1)}`;
}

/** The version of CUDA that a plugin is for, by the folder in which JAX's packages put it; undefined for any other. */
export function cudaOf(path: string): Cuda | undefined {
  const version = Number(path.match(/\/jax_plugins\/xla_cuda(\d+)\/[^/]+$/)?.[1]);
  return version === 12 || version === 13 ? version : undefined;
}

/**
 * NVIDIA's libraries that a plugin opens by their names, and their folders in the packages for CUDA 12. Each comes after those
 * that it needs.
 */
const LIBRARIES: readonly (readonly [string, string])[] = [
  ["libcudart", "cuda_runtime"],
  ["libnvrtc", "cuda_nvrtc"],
  ["libnvJitLink", "nvjitlink"],
  ["libcublasLt", "cublas"],
  ["libcublas", "cublas"],
  ["libnccl", "nccl"],
  ["libcupti", "cuda_cupti"],
  ["libcusparse", "cusparse"],
  ["libcusolver", "cusolver"],
  ["libcufft", "cufft"],
  ["libnvshmem_host", "nvshmem"],
  ["libcudnn", "cudnn"],
];

/** Folders that the packages for CUDA 13 have too: of libraries with versions of their own. The others lie in one. */
const SHARED: ReadonlySet<string> = new Set(["nccl", "nvshmem", "cudnn"]);

/**
 * CUDA's libraries beside a plugin of JAX's packages, in the order in which they can be opened; none beside another plugin.
 *
 * @param path The plugin's: `…/site-packages/jax_plugins/xla_cuda13/xla_cuda_plugin.so`.
 */
export async function librariesBeside(path: string): Promise<readonly string[]> {
  const cuda = cudaOf(path);
  if (cuda === undefined) return [];
  const packages = `${path.slice(0, path.lastIndexOf("/jax_plugins/"))}/nvidia`;
  const found: string[] = [];
  for (const [name, own] of LIBRARIES) {
    const folder = `${packages}/${cuda === 12 || SHARED.has(own) ? own : `cu${cuda}`}/lib`;
    const file = (await namesIn(folder)).find((one) =>
      one.startsWith(`${name}.so.`) && /\.so\.\d+$/.test(one)
    );
    if (file !== undefined) found.push(`${folder}/${file}`);
  }
  return found;
}
