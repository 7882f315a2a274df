import * as tf from "@tensorflow/tfjs";

/** Gives a backend the sum of rows by segment, which the gradient of `tf.gather` needs. */
export function registerSegmentSum(backendName: string): void {
  tf.registerKernel({
    kernelName: "UnsortedSegmentSum",
    backendName,
    kernelFunc({ inputs, attrs }) {
      const { x, segmentIds } = inputs as { x: tf.Tensor; segmentIds: tf.Tensor1D };
      const { numSegments } = attrs as { numSegments: number };
      return tf.tidy(() => {
        const rows = tf.reshape(x, [segmentIds.size, -1]);
        // Not tf.oneHot, which refuses a single segment.
        const segments = tf.range(0, numSegments, 1, "int32");
        const member = tf.equal(tf.reshape(segmentIds, [-1, 1]), segments); // [rows, segments]
        const sums = tf.matMul(tf.cast(member, "float32"), rows as tf.Tensor2D, true, false);
        return tf.cast(tf.reshape(sums, [numSegments, ...x.shape.slice(1)]), x.dtype);
      });
    },
  });
}
