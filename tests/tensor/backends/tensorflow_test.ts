import { testContract } from "@/tests/tensor/backends/contract.ts";
import { testGradients } from "@/tests/tensor/backends/test_gradients.ts";

testContract("tensorflow");
testGradients("tensorflow", { examples: 20 });
