import * as tf from "@tensorflow/tfjs";
import { uint8Tensor } from "@/lib/tensor/mod.ts";
import type { Feed } from "@/lib/train/feed.ts";
import type { TrainingRows } from "@/lib/train/training_images.ts";

/** Where a step finds the images of its batch. */
export interface FedImages {
  /** uint8 `[stored, pixels, pixels, 3]`. */
  readonly images: tf.Tensor;
  /** Which of them are the batch, int32 `[batch]`. */
  readonly indices: tf.Tensor1D;
}

/**
 * Images that take fewer bytes are filled up with black ones, so that trainings on small sets of any size share the program
 * of their step.
 */
const LEAST_BYTES = 2 ** 24;

/** Batches that are read ahead of the one that is wanted. */
const AHEAD = 3;

/**
 * Feeds a training: from images that lie where the tensor engine has them at hand, or, where they are too many or
 * compressed, from batches that are read and decoded while earlier steps run. The images are the same either way.
 *
 * @param options `rowsOf` gives the rows of a step's batch, `[batch]`, and null after the last step.
 */
export function imageFeed(
  rows: TrainingRows,
  options: { readonly pixels: number; readonly rowsOf: (step: number) => Uint32Array | null },
): Feed<FedImages> {
  const { pixels, rowsOf } = options;
  const size = pixels * pixels * 3;
  const resident = rows.resident();
  if (resident !== null) {
    const stored = Math.max(rows.count, Math.floor(LEAST_BYTES / size));
    const images = uint8Tensor(filledUp(resident, stored * size), [stored, pixels, pixels, 3]);
    return {
      take: (step) => {
        const indices = tf.tensor1d(Int32Array.from(rowsOf(step)!), "int32");
        return Promise.resolve({ images, indices });
      },
      release: ({ indices }) => indices.dispose(),
      [Symbol.dispose]: () => images.dispose(),
    };
  }
  const reading = new Map<number, Promise<Uint8Array>>();
  const begin = (step: number): void => {
    const batch = rowsOf(step);
    if (batch === null || reading.has(step)) return;
    const read = rows.read(batch.slice());
    // It is awaited when its turn comes, which may be after it fails.
    read.catch(() => {});
    reading.set(step, read);
  };
  return {
    async take(step) {
      for (let ahead = 0; ahead <= AHEAD; ahead++) begin(step + ahead);
      const bytes = await reading.get(step)!;
      reading.delete(step);
      const count = bytes.length / size;
      return {
        images: uint8Tensor(bytes, [count, pixels, pixels, 3]),
        indices: tf.range(0, count, 1, "int32"),
      };
    },
    release: ({ images, indices }) => tf.dispose([images, indices]),
    [Symbol.dispose]: () => reading.clear(),
  };
}

function filledUp(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const filled = new Uint8Array(length);
  filled.set(bytes);
  return filled;
}
