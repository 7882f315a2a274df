import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { registerConvolutionGradients } from "@/lib/tensor/portable/convolution_gradients.ts";
import { registerSegmentSum } from "@/lib/tensor/portable/segment_sum.ts";

/**
 * Makes tfjs's WebAssembly backend the one that tfjs uses, with the kernels that it lacks.
 *
 * Its code comes with the npm package; nothing is fetched.
 */
export async function loadWasm(): Promise<void> {
  // One thread, whatever the machine: results then do not depend on the number of cores.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  registerConvolutionGradients("wasm");
  registerSegmentSum("wasm");
  if (!(await tf.setBackend("wasm"))) throw new Error("tfjs refused the backend wasm");
}
