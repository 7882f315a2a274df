import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, loadBackend } from "@/lib/tensor/mod.ts";
import { runOp, typeAttribute } from "@/lib/tensor/ops/raw.ts";

await loadBackend();

/** An op that gives int64 unless it is told otherwise. */
function largest(x: tf.Tensor): tf.Tensor {
  const attributes = [typeAttribute("T", "float32"), typeAttribute("Tidx", "int32")];
  return runOp("ArgMax", [x, tf.scalar(1, "int32")], { attributes })[0]!;
}

Deno.test("runOp() gives int32 for an op's int64, which tfjs does not have", () => {
  tf.tidy(() => {
    const x = tf.tensor2d([[1, 5, 2], [7, 0, 3]]);
    const compiled = compile(([inGraph]) => [largest(inGraph!)]);
    for (const result of [largest(x), compiled.sync([x])[0]!]) {
      assert.equal(result.dtype, "int32");
      assert.deepEqual(result.dataSync(), Int32Array.of(1, 0));
      assert.deepEqual(tf.add(result, tf.scalar(1, "int32")).dataSync(), Int32Array.of(2, 1));
    }
    compiled.dispose();
  });
});

Deno.test("runOp() reports an op that TensorFlow does not know, at once and while tracing", () => {
  tf.tidy(() => {
    assert.throws(() => runOp("NoSuchOp", []), { name: "TensorFlowError", message: /NoSuchOp/ });
    const compiled = compile(() => runOp("NoSuchOp", []));
    assert.throws(() => compiled.sync([]), { name: "TensorFlowError", message: /NoSuchOp/ });
  });
});
