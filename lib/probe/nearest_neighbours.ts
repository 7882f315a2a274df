import * as tf from "@tensorflow/tfjs";
import { compile } from "@/lib/tensor/mod.ts";

/** The most similar vectors of a bank, for each query. */
export interface Neighbours {
  /** Neighbours a query: as many as were asked for, or as the bank has. */
  readonly count: number;
  /** `[queries, count]`: rows of the bank, the most similar first. */
  readonly rows: Int32Array;
  /** `[queries, count]`: cosine similarities. */
  readonly similarities: Float32Array;
}

// Similarities at hand at once: 64 MiB.
const SIMILARITIES = 2 ** 24;

/**
 * Finds the nearest vectors by cosine similarity, some queries at a time; of equally similar ones the first comes first.
 *
 * @param bank `[vectors, dim]`, flat. A vector of zeros has similarity 0 to all.
 * @param options `queries` `[queries, dim]`, flat; `count`: neighbours wanted.
 */
export async function nearestNeighbours(
  bank: Float32Array,
  options: { readonly queries: Float32Array; readonly dim: number; readonly count: number },
): Promise<Neighbours> {
  const { queries, dim } = options;
  const vectors = bank.length / dim, total = queries.length / dim;
  const count = Math.min(options.count, vectors);
  const block = Math.max(1, Math.min(total, Math.floor(SIMILARITIES / vectors)));
  const shorten = compile(([given]) => [unit(given!)], { name: "unit_vectors" });
  const search = compile(([some, all]) => {
    const found = tf.topk(tf.matMul(unit(some!), all!, false, true), count);
    return [found.values, found.indices];
  }, { name: "nearest_neighbours" });
  const rows = new Int32Array(total * count), similarities = new Float32Array(total * count);
  const given = tf.tensor2d(bank, [vectors, dim]);
  const [stored] = await shorten([given]);
  given.dispose();
  shorten.dispose();
  try {
    for (let start = 0; start < total; start += block) {
      const end = Math.min(start + block, total);
      const some = tf.tensor2d(queries.subarray(start * dim, end * dim), [end - start, dim]);
      const [values, indices] = await search([some, stored!]);
      similarities.set(await values!.data(), start * count);
      rows.set(await indices!.data(), start * count);
      tf.dispose([some, values!, indices!]);
    }
    return { count, rows, similarities };
  } finally {
    search.dispose();
    stored!.dispose();
  }
}

/** Vectors divided by their lengths. */
function unit(vectors: tf.Tensor): tf.Tensor2D {
  const length = tf.sqrt(tf.sum(tf.square(vectors), 1, true));
  return tf.div(vectors, tf.maximum(length, 1e-12)) as tf.Tensor2D;
}
