import { permutation, randomAt } from "@/lib/base/random.ts";

/** Which rows each batch of a training has. */
export interface BatchRows {
  /** Rows in each. */
  readonly size: number;
  readonly stepsPerPass: number;
  /** The rows of the batch of a step, from 0 on, over all passes, `[size]`. */
  rowsOf(step: number): Uint32Array;
}

/**
 * Cuts the order of each pass over some rows into full batches, or into one where there are fewer rows; what is left over
 * sits the pass out. The order is drawn from (seed, pass).
 */
export function batchRows(
  { seed, count, batch }: {
    readonly seed: number;
    readonly count: number;
    readonly batch: number;
  },
): BatchRows {
  const size = Math.min(batch, count);
  const stepsPerPass = Math.floor(count / size);
  const orders = new Map<number, Uint32Array>();
  const orderOf = (pass: number): Uint32Array => {
    const known = orders.get(pass);
    if (known) return known;
    // Batches may be asked for ahead, into the next pass, while this one's are drawn.
    for (const other of orders.keys()) if (Math.abs(other - pass) > 1) orders.delete(other);
    const order = permutation(count, randomAt(seed, "order", pass));
    orders.set(pass, order);
    return order;
  };
  return {
    size,
    stepsPerPass,
    rowsOf: (step) => {
      const start = step % stepsPerPass * size;
      return orderOf(Math.floor(step / stepsPerPass)).subarray(start, start + size);
    },
  };
}
