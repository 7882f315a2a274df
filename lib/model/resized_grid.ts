import * as tf from "@tensorflow/tfjs";

// Of the cubic kernel of PyTorch's bicubic interpolation (Keys 1981).
const SHARPNESS = -0.75;

/**
 * What stands for each place of a grid, for one of another size, as DINO makes it: by PyTorch's bicubic interpolation, which is told
 * a factor of (to + 0.1) / from. A place beyond the edge counts as the one at the edge.
 *
 * @param grid `[from * from, channels]`, row by row.
 * @returns `[to * to, channels]`.
 */
export function resizedGrid(
  grid: tf.Tensor2D,
  { from, to }: { readonly from: number; readonly to: number },
): tf.Tensor2D {
  if (from === to) return grid;
  const along = weightsAlong(from, to);
  // One product for both directions: the weight of an old place for a new one is that of its row times that of its column.
  const both = new Float32Array(to ** 2 * from ** 2);
  for (let i = 0; i < both.length; i++) {
    const place = Math.floor(i / from ** 2), old = i % from ** 2;
    const row = along[Math.floor(place / to)]![Math.floor(old / from)]!;
    both[i] = row * along[place % to]![old % from]!;
  }
  return tf.matMul(tf.tensor2d(both, [to ** 2, from ** 2]), grid);
}

/** Of each of the new places on a line, the weight of each old one. */
function weightsAlong(from: number, to: number): readonly Float64Array[] {
  return Array.from({ length: to }, (_, place) => {
    const weights = new Float64Array(from);
    const at = (place + 0.5) * from / (to + 0.1) - 0.5, first = Math.floor(at) - 1;
    for (let old = first; old < first + 4; old++) {
      weights[Math.min(Math.max(old, 0), from - 1)]! += cubic(Math.abs(at - old));
    }
    return weights;
  });
}

function cubic(x: number): number {
  const a = SHARPNESS;
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}
