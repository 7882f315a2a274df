import type { Gradients } from "@/dsl/floor.ts";
import { cellsOf } from "@/lib/network/floor.ts";
import type { Image } from "@/lib/probe/floors/image.ts";
import { reduced } from "@/lib/probe/floors/reduced.ts";

// So that a block without a gradient is 0; and how much of a block's length one direction of a cell may have.
const least = 1e-5, most = 0.2;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005): differences of the neighbours on both sides, of the channel where
 * they are largest; in each cell the lengths by direction, from 0 to 180 degrees; of each block of cells, which overlap, its
 * vector cut to 0.2 of its length and brought to length 1 again (L2-Hys). As in scikit-image, a pixel counts for its own cell
 * and direction alone.
 *
 * @returns `[block row, block column, cell row, cell column, direction]`, flat.
 */
export function describeGradients(image: Image, floor: Gradients): Float32Array {
  const { block, bins } = floor;
  const small = reduced(image, floor.side), cells = cellsOf(small.side, floor);
  const histograms = directionsOf(small, { ...floor, cells });
  const blocks = cells - block + 1, size = block * block * bins;
  const features = new Float32Array(blocks * blocks * size);
  for (let at = 0; at < blocks * blocks; at++) {
    const row = Math.floor(at / blocks), column = at % blocks;
    const vector = new Float64Array(size);
    for (let i = 0; i < block; i++) {
      const from = ((row + i) * cells + column) * bins;
      vector.set(histograms.subarray(from, from + block * bins), i * block * bins);
    }
    features.set(toUnit(toUnit(vector).map((value) => Math.min(value, most))), at * size);
  }
  return features;
}

function toUnit(vector: Float64Array): Float64Array {
  const power = vector.reduce((sum, value) => sum + value * value, least * least);
  return vector.map((value) => value / Math.sqrt(power));
}

/** The mean length of the gradients of each cell in each direction, `[cells, cells, bins]`. */
function directionsOf(
  { side, values }: Image,
  { cells, cell, bins }: Gradients & { readonly cells: number },
): Float64Array {
  const histograms = new Float64Array(cells * cells * bins);
  const value = (row: number, column: number, channel: number) =>
    values[3 * (row * side + column) + channel]!;
  for (let row = 0; row < cells * cell; row++) {
    for (let column = 0; column < cells * cell; column++) {
      let longest = 0, down = 0, right = 0;
      for (let c = 0; c < 3; c++) {
        // At an edge there is no neighbour on one side.
        const isRow = row > 0 && row < side - 1, isColumn = column > 0 && column < side - 1;
        const y = isRow ? value(row + 1, column, c) - value(row - 1, column, c) : 0;
        const x = isColumn ? value(row, column + 1, c) - value(row, column - 1, c) : 0;
        const length = Math.sqrt(y * y + x * x);
        if (length > longest) [longest, down, right] = [length, y, x];
      }
      if (longest === 0) continue;
      const turn = Math.atan2(down, right) / Math.PI, half = turn < 0 ? turn + 1 : turn;
      const place = Math.floor(row / cell) * cells + Math.floor(column / cell);
      histograms[place * bins + Math.floor(half * bins) % bins]! += longest / cell ** 2;
    }
  }
  return histograms;
}
