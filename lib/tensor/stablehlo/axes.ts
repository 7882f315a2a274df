/** Axes counted from the first, where those below zero are counted from the last. */
export function fromFirst(axes: readonly number[], rank: number): number[] {
  return axes.map((axis) => axis < 0 ? axis + rank : axis);
}

/** A shape with another length at an axis. */
export function withLength(shape: readonly number[], axis: number, length: number): number[] {
  return shape.map((old, i) => i === axis ? length : old);
}
