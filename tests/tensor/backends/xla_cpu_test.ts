/** What holds for compiled functions on TensorFlow holds on XLA too, by the same tests. */

import { testContract } from "@/tests/tensor/backends/contract.ts";
import { testGradients } from "@/tests/tensor/backends/test_gradients.ts";
import { underTest } from "@/tests/tensor/under_test.ts";

underTest.device = "xla-cpu";
testContract("tensorflow", underTest);
testGradients("tensorflow", { examples: 3, ...underTest });

await import("@/tests/tensor/compile_test.ts");
await import("@/tests/tensor/compile_named_test.ts");
await import("@/tests/tensor/variables_test.ts");
await import("@/tests/tensor/donation_test.ts");
await import("@/tests/tensor/check_compiled_test.ts");
await import("@/tests/tensor/untraceable_test.ts");
