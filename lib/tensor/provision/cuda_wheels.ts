import type { Cuda } from "@/lib/tensor/provision/cuda.ts";
import type { Wheel } from "@/lib/tensor/provision/wheel.ts";

/** cuDNN opens its parts, which lie beside it. */
const CUDNN_FILES = [
  "nvidia/cudnn/lib/libcudnn.so.9",
  "nvidia/cudnn/lib/libcudnn_adv.so.9",
  "nvidia/cudnn/lib/libcudnn_cnn.so.9",
  "nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9",
  "nvidia/cudnn/lib/libcudnn_engines_runtime_compiled.so.9",
  "nvidia/cudnn/lib/libcudnn_engines_tensor_ir.so.9",
  "nvidia/cudnn/lib/libcudnn_ext.so.9",
  "nvidia/cudnn/lib/libcudnn_graph.so.9",
  "nvidia/cudnn/lib/libcudnn_heuristic.so.9",
  "nvidia/cudnn/lib/libcudnn_ops.so.9",
] as const;

/**
 * NVIDIA's packages that JAX's plugins for CUDA ask for (`jax-cuda13-plugin[with-cuda]`), in the newest versions that they allow,
 * but for NVSHMEM, which only computations over several hosts want.
 */
export const CUDA_WHEELS: Readonly<Record<Cuda, readonly Wheel[]>> = {
  12: [
    nvidia("nvidia-cublas-cu12", {
      version: "12.9.3.13",
      platform: "manylinux_2_27_x86_64",
      bytes: 581_217_458,
      files: ["nvidia/cublas/lib/libcublas.so.12", "nvidia/cublas/lib/libcublasLt.so.12"],
    }),
    nvidia("nvidia-cuda-cupti-cu12", {
      version: "12.9.79",
      platform: "manylinux_2_25_x86_64",
      bytes: 10_814_997,
      files: ["nvidia/cuda_cupti/lib/libcupti.so.12"],
    }),
    // XLA's assembler and its mathematical functions.
    nvidia("nvidia-cuda-nvcc-cu12", {
      version: "12.9.86",
      platform: "manylinux2010_x86_64",
      bytes: 40_546_229,
      files: ["nvidia/cuda_nvcc/bin/ptxas", "nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc"],
    }),
    // cuDNN compiles some of its convolutions with it.
    nvidia("nvidia-cuda-nvrtc-cu12", {
      version: "12.9.86",
      platform: "manylinux2010_x86_64",
      bytes: 89_568_129,
      files: [
        "nvidia/cuda_nvrtc/lib/libnvrtc.so.12",
        "nvidia/cuda_nvrtc/lib/libnvrtc-builtins.so.12.9",
      ],
    }),
    nvidia("nvidia-cuda-runtime-cu12", {
      version: "12.9.79",
      platform: "manylinux2014_x86_64",
      bytes: 3_493_179,
      files: ["nvidia/cuda_runtime/lib/libcudart.so.12"],
    }),
    nvidia("nvidia-cudnn-cu12", {
      version: "9.28.0.42",
      platform: "manylinux_2_27_x86_64",
      bytes: 716_538_495,
      files: CUDNN_FILES,
    }),
    nvidia("nvidia-cufft-cu12", {
      version: "11.4.1.4",
      platform: "manylinux2014_x86_64",
      bytes: 200_877_592,
      files: ["nvidia/cufft/lib/libcufft.so.11"],
    }),
    nvidia("nvidia-cusolver-cu12", {
      version: "11.7.5.82",
      platform: "manylinux_2_27_x86_64",
      bytes: 338_117_415,
      files: ["nvidia/cusolver/lib/libcusolver.so.11"],
    }),
    nvidia("nvidia-cusparse-cu12", {
      version: "12.5.10.65",
      platform: "manylinux2014_x86_64",
      bytes: 366_465_088,
      files: ["nvidia/cusparse/lib/libcusparse.so.12"],
    }),
    nvidia("nvidia-nccl-cu12", {
      version: "2.32.3",
      platform: "manylinux_2_27_x86_64",
      bytes: 351_526_311,
      files: ["nvidia/nccl/lib/libnccl.so.2"],
    }),
    // cuFFT, cuSOLVER and cuSPARSE need it.
    nvidia("nvidia-nvjitlink-cu12", {
      version: "12.9.86",
      platform: "manylinux2010_x86_64",
      bytes: 39_748_338,
      files: ["nvidia/nvjitlink/lib/libnvJitLink.so.12"],
    }),
  ],
  13: [
    nvidia("nvidia-cublas", {
      version: "13.10.0.20",
      platform: "manylinux1_x86_64",
      bytes: 444_289_903,
      files: ["nvidia/cu13/lib/libcublas.so.13", "nvidia/cu13/lib/libcublasLt.so.13"],
    }),
    nvidia("nvidia-cuda-cupti", {
      version: "13.5.25",
      platform: "manylinux_2_25_x86_64",
      bytes: 12_592_974,
      files: ["nvidia/cu13/lib/libcupti.so.13"],
    }),
    // XLA's assembler.
    nvidia("nvidia-cuda-nvcc", {
      version: "13.5.37",
      platform: "manylinux2014_x86_64",
      bytes: 47_028_279,
      files: ["nvidia/cu13/bin/ptxas"],
    }),
    // cuDNN compiles some of its convolutions with it.
    nvidia("nvidia-cuda-nvrtc", {
      version: "13.5.37",
      platform: "manylinux2010_x86_64",
      bytes: 58_185_930,
      files: ["nvidia/cu13/lib/libnvrtc.so.13", "nvidia/cu13/lib/libnvrtc-builtins.so.13.5"],
    }),
    nvidia("nvidia-cuda-runtime", {
      version: "13.5.37",
      platform: "manylinux2014_x86_64",
      bytes: 2_504_024,
      files: ["nvidia/cu13/lib/libcudart.so.13"],
    }),
    nvidia("nvidia-cudnn-cu13", {
      version: "9.28.1.4",
      platform: "manylinux_2_27_x86_64",
      bytes: 516_817_937,
      files: CUDNN_FILES,
    }),
    nvidia("nvidia-cufft", {
      version: "12.5.0.14",
      platform: "manylinux2014_x86_64",
      bytes: 165_072_555,
      files: ["nvidia/cu13/lib/libcufft.so.12"],
    }),
    nvidia("nvidia-cusolver", {
      version: "12.4.1.2",
      platform: "manylinux_2_27_x86_64",
      bytes: 260_003_940,
      files: ["nvidia/cu13/lib/libcusolver.so.12"],
    }),
    nvidia("nvidia-cusparse", {
      version: "12.9.4.2",
      platform: "manylinux2014_x86_64",
      bytes: 230_422_857,
      files: ["nvidia/cu13/lib/libcusparse.so.12"],
    }),
    nvidia("nvidia-nccl-cu13", {
      version: "2.32.3",
      platform: "manylinux_2_27_x86_64",
      bytes: 305_100_071,
      files: ["nvidia/nccl/lib/libnccl.so.2"],
    }),
    // cuFFT, cuSOLVER and cuSPARSE need it.
    nvidia("nvidia-nvjitlink", {
      version: "13.5.37",
      platform: "manylinux2010_x86_64",
      bytes: 46_642_491,
      files: ["nvidia/cu13/lib/libnvJitLink.so.13"],
    }),
    // Mathematical functions for XLA's programs.
    nvidia("nvidia-nvvm", {
      version: "13.5.37",
      platform: "manylinux2010_x86_64",
      bytes: 75_141_406,
      files: ["nvidia/cu13/nvvm/libdevice/libdevice.10.bc"],
    }),
  ],
};

/** They hold no Python code, so that any will do. */
function nvidia(name: string, rest: Omit<Wheel, "name" | "pythonVersion">): Wheel {
  return { name, pythonVersion: "3.11", ...rest };
}
