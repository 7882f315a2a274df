/**
 * Compiled functions for TensorFlow.js: on TensorFlow, or by XLA on any accelerator that has a PJRT plugin, called through
 * Deno's FFI. README.md beside this is the guide.
 *
 * `loadBackend()` once, then tfjs as usual; `compile()` makes one TensorFlow function of tfjs code, gradients and
 * optimizer included, or one program of a plugin's, and runs it off the JavaScript thread. Where TensorFlow is not
 * published, the backends `wasm` and `webgpu` run the same code, operation by operation.
 *
 * - **Backend**: `loadBackend()`, on a device (`cpu`, `gpu`, `gpu:1`, `gpu*4`, `tpu`); `loadedBackend()`; `diagnose()`
 *   (what this machine offers and lacks).
 * - **Compiling**: `compile()`, with `donates`, `batched` and `tolerance`, and `compileNamed()` where tensors have names;
 *   `checkCompiled()` compares each with its plain run; `supportedOps()` are those of an accelerator.
 * - **Memory**: `tf.tidy()` for synchronous code, `memoryScope()` for code that waits, `disposeNamed()` and
 *   `cloneNamed()`; `liveHandles()` to find leaks, `transfers()` to find what goes to and fro.
 * - **Precision**: `toBfloat16()` and `toFloat32()`; every operation of tfjs runs in bfloat16 on what the first gives.
 * - **Operations** that tfjs lacks or does slowly, with gradients: `batchNorm()`, `relu()`, `convolve2d()`,
 *   `maxPool2d()`; without: `cropAndResize()`, `oneHot()`, `uint8Tensor()` with `gatherImages()`.
 * - **Errors**: `TensorFlowError` and `PjrtError`; what a person can mend is an `InputError` of `lib/base`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { compile, loadBackend, toBfloat16, toFloat32 } from "@/lib/tensor/mod.ts";
 *
 * const { name } = await loadBackend();
 * assert.equal(name, "tensorflow");
 * // A step of logistic regression whose product runs in bfloat16 and whose weights stay in float32.
 * const step = compile(([weights, images, labels]) => {
 *   const { value, grads } = tf.valueAndGrads((w) => {
 *     const scores = toFloat32(tf.matMul(toBfloat16(images!), toBfloat16(w!)));
 *     return tf.mean(tf.softplus(tf.neg(tf.mul(scores, labels!)))) as tf.Scalar;
 *   })([weights!]);
 *   return [tf.sub(weights!, grads[0]!), value];
 * }, { name: "logistic_step", tolerance: 5e-2 });
 *
 * let weights: tf.Tensor = tf.zeros([2, 1]);
 * const [images, labels] = [tf.tensor2d([[1, 2], [-1, -2]]), tf.tensor2d([[1], [-1]])];
 * const losses = [];
 * for (let i = 0; i < 3; i++) {
 *   const [next, loss] = await step([weights, images, labels]);
 *   losses.push((await loss!.data())[0]!);
 *   tf.dispose([weights, loss!]);
 *   weights = next!;
 * }
 * assert.ok(losses[0]! > losses[1]! && losses[1]! > losses[2]!);
 * step.dispose();
 * tf.dispose([weights, images, labels]);
 * ```
 *
 * @module
 */

export { type BackendOptions, loadBackend } from "@/lib/tensor/backend.ts";
export type { BackendName } from "@/lib/tensor/backend_name.ts";
export { checkCompiled } from "@/lib/tensor/check_compiled.ts";
export { compile, type CompiledFunction, type CompileOptions } from "@/lib/tensor/compile.ts";
export {
  cloneNamed,
  compileNamed,
  disposeNamed,
  type NamedFunction,
  type NamedOptions,
} from "@/lib/tensor/compile_named.ts";
export { diagnose, type Diagnosis } from "@/lib/tensor/doctor.ts";
export { liveHandles } from "@/lib/tensor/handles.ts";
export { type AcceleratorFacts, type Backend, loadedBackend } from "@/lib/tensor/loaded_backend.ts";
export type { Check } from "@/lib/tensor/machine_checks.ts";
export { type MemoryScope, memoryScope } from "@/lib/tensor/memory_scope.ts";
export {
  batchNorm,
  batchNormInference,
  type BatchNormResult,
} from "@/lib/tensor/ops/batch_norm.ts";
export { convolve2d } from "@/lib/tensor/ops/convolution.ts";
export { cropAndResize } from "@/lib/tensor/ops/crop_and_resize.ts";
export { gatherImages, uint8Tensor } from "@/lib/tensor/ops/images.ts";
export { maxPool2d } from "@/lib/tensor/ops/max_pool.ts";
export { oneHot } from "@/lib/tensor/ops/one_hot.ts";
export { type Precision, toBfloat16, toFloat32 } from "@/lib/tensor/ops/precision.ts";
export { relu } from "@/lib/tensor/ops/relu.ts";
export type { ProvisionProgress } from "@/lib/tensor/provision/progress.ts";
export { PjrtError } from "@/lib/tensor/pjrt/error.ts";
export { TensorFlowError } from "@/lib/tensor/runtime.ts";
export { supportedOps } from "@/lib/tensor/stablehlo/lowerings.ts";
export type { TensorFunction } from "@/lib/tensor/tensor_function.ts";
export { type Transfers, transfers } from "@/lib/tensor/transfers.ts";
