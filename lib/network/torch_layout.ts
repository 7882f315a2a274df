import { type ParameterKind, sizeOf } from "@/lib/network/weights.ts";

/** A parameter's values and their shape. */
export interface Shaped {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

// Place in our shape of each axis of PyTorch's: [out, in, h, w] from [h, w, in, out], [out, in] from [in, out].
const AXES: Readonly<Record<ParameterKind, readonly number[]>> = {
  conv: [3, 2, 0, 1],
  dense: [1, 0],
  scale: [0],
  offset: [0],
  embedding: [0, 1, 2],
};

/** The shape that PyTorch has for a parameter of ours. */
export function torchShape(kind: ParameterKind, shape: readonly number[]): readonly number[] {
  return AXES[kind].map((axis) => shape[axis]!);
}

/** From our layout to PyTorch's. */
export function toTorch(kind: ParameterKind, ours: Shaped): Shaped {
  return permute(ours, AXES[kind]);
}

/** From PyTorch's layout to ours. */
export function fromTorch(kind: ParameterKind, torch: Shaped): Shaped {
  const axes = AXES[kind];
  return permute(torch, axes.map((_, axis) => axes.indexOf(axis)));
}

/** The array whose axis i is axis axes[i] of `from`. */
function permute(from: Shaped, axes: readonly number[]): Shaped {
  const shape = axes.map((axis) => from.shape[axis]!);
  const strides = axes.map((axis) => sizeOf(from.shape.slice(axis + 1)));
  const values = new Float32Array(from.values.length);
  const index = shape.map(() => 0);
  for (let to = 0; to < values.length; to++) {
    values[to] = from.values[index.reduce((at, i, axis) => at + i * strides[axis]!, 0)]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]!; axis--) {
      index[axis] = 0;
    }
  }
  return { shape, values };
}
