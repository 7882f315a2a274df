export { type Backend, loadBackend } from "@/lib/tensor/backend.ts";
export { compile, type CompiledFunction } from "@/lib/tensor/compile.ts";
export { liveHandles } from "@/lib/tensor/handles.ts";
export {
  batchNorm,
  batchNormInference,
  type BatchNormResult,
} from "@/lib/tensor/ops/batch_norm.ts";
export { cropAndResize } from "@/lib/tensor/ops/crop_and_resize.ts";
export { gatherImages, uint8Tensor } from "@/lib/tensor/ops/images.ts";
export { relu } from "@/lib/tensor/ops/relu.ts";
export type { ProvisionProgress } from "@/lib/tensor/provision/progress.ts";
export { TensorFlowError } from "@/lib/tensor/runtime.ts";
export type { TensorFunction } from "@/lib/tensor/trace.ts";
export { diagnose, type Diagnosis } from "@/lib/tensor/doctor.ts";
export type { Check } from "@/lib/tensor/machine_checks.ts";
