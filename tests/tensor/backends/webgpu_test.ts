import { testContract } from "@/tests/tensor/backends/contract.ts";
import { whyNoGpu } from "@/tests/tensor/backends/gpu.ts";
import { testGradients } from "@/tests/tensor/backends/test_gradients.ts";

const ignore = await whyNoGpu();
testContract("webgpu", { ignore });
testGradients("webgpu", { examples: 4, ignore });
