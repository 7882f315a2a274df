import type { Wheel } from "@/lib/tensor/provision/wheel.ts";

/**
 * NVIDIA's packages that TensorFlow's GPU package opens while it runs: what its extra `and-cuda` asks for, in the newest
 * versions that it allows, but for cuRAND, which TensorFlow does not open.
 *
 * TensorFlow looks for their libraries at paths relative to its own (`../nvidia/cublas/lib` and so on, its RUNPATH).
 */
export const CUDA_WHEELS: readonly Wheel[] = [
  nvidia("cublas", {
    version: "12.9.3.13",
    platform: "manylinux_2_27_x86_64",
    bytes: 581_217_458,
    files: ["lib/libcublas.so.12", "lib/libcublasLt.so.12"],
  }),
  nvidia("cuda_cupti", {
    version: "12.9.79",
    platform: "manylinux_2_25_x86_64",
    bytes: 10_814_997,
    files: ["lib/libcupti.so.12"],
  }),
  // XLA's assembler and its mathematical functions.
  nvidia("cuda_nvcc", {
    version: "12.9.86",
    platform: "manylinux2010_x86_64",
    bytes: 40_546_229,
    files: ["bin/ptxas", "nvvm/libdevice/libdevice.10.bc"],
  }),
  // cuDNN compiles some of its convolutions with it.
  nvidia("cuda_nvrtc", {
    version: "12.9.86",
    platform: "manylinux2010_x86_64",
    bytes: 89_568_129,
    files: ["lib/libnvrtc.so.12", "lib/libnvrtc-builtins.so.12.9"],
  }),
  nvidia("cuda_runtime", {
    version: "12.9.79",
    platform: "manylinux2014_x86_64",
    bytes: 3_493_179,
    files: ["lib/libcudart.so.12"],
  }),
  nvidia("cudnn", {
    version: "9.28.0.42",
    platform: "manylinux_2_27_x86_64",
    bytes: 716_538_495,
    files: [
      "lib/libcudnn.so.9",
      "lib/libcudnn_adv.so.9",
      "lib/libcudnn_cnn.so.9",
      "lib/libcudnn_engines_precompiled.so.9",
      "lib/libcudnn_engines_runtime_compiled.so.9",
      "lib/libcudnn_engines_tensor_ir.so.9",
      "lib/libcudnn_ext.so.9",
      "lib/libcudnn_graph.so.9",
      "lib/libcudnn_heuristic.so.9",
      "lib/libcudnn_ops.so.9",
    ],
  }),
  nvidia("cufft", {
    version: "11.4.1.4",
    platform: "manylinux2014_x86_64",
    bytes: 200_877_592,
    files: ["lib/libcufft.so.11"],
  }),
  {
    ...nvidia("cusolver", {
      version: "11.7.5.82",
      platform: "manylinux_2_27_x86_64",
      bytes: 338_117_415,
      files: ["lib/libcusolver.so.11"],
    }),
    // The part of TensorFlow that opens it looks only beside the others; its own folder is not on that part's RUNPATH.
    folder: "nvidia/cublas/lib",
  },
  nvidia("cusparse", {
    version: "12.5.10.65",
    platform: "manylinux2014_x86_64",
    bytes: 366_465_088,
    files: ["lib/libcusparse.so.12"],
  }),
  nvidia("nccl", {
    version: "2.32.3",
    platform: "manylinux_2_27_x86_64",
    bytes: 351_526_311,
    files: ["lib/libnccl.so.2"],
  }),
  // cuFFT, cuSOLVER and cuSPARSE need it.
  nvidia("nvjitlink", {
    version: "12.9.86",
    platform: "manylinux2010_x86_64",
    bytes: 39_748_338,
    files: ["lib/libnvJitLink.so.12"],
  }),
];

/** @param part The folder of the package's files, under `nvidia/`; its name follows from it. */
function nvidia(
  part: string,
  { files, ...rest }: Pick<Wheel, "version" | "platform" | "bytes" | "files">,
): Wheel {
  const [first, ...others] = files;
  return {
    name: `nvidia-${part.replace("_", "-")}-cu12`,
    // They hold no Python code, so that any will do.
    pythonVersion: "3.11",
    ...rest,
    files: [`nvidia/${part}/${first}`, ...others.map((file) => `nvidia/${part}/${file}`)],
  };
}
