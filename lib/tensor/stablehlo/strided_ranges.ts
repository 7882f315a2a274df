import type { OpCall } from "@/lib/tensor/stablehlo/op_call.ts";

/** What a `StridedSlice` takes of each axis of its input. */
export interface StridedRanges {
  /** Axes that are walked backwards: reversed first, and then cut. */
  readonly reversed: readonly number[];
  /** Of the input, after that; axes that come or go are for a reshape. */
  readonly cut: {
    readonly start: readonly number[];
    readonly limit: readonly number[];
    readonly steps: readonly number[];
  };
}

/** Reads a `StridedSlice`: its begin, end and strides, and the five masks that say how they are meant. */
export function stridedRanges(call: OpCall): StridedRanges {
  const begin = call.known(1), end = call.known(2), strides = call.known(3);
  const mask = (name: string) => (place: number) =>
    (call.number(`${name}_mask`, 0) >> place & 1) === 1;
  const fromStart = mask("begin"), toEnd = mask("end"), ellipsis = mask("ellipsis");
  const added = mask("new_axis"), single = mask("shrink_axis");
  const { shape } = call.input(0);
  const places = begin.map((_, place) => place);
  const named = places.filter((place) => !ellipsis(place) && !added(place)).length;
  const reversed: number[] = [], start: number[] = [], limit: number[] = [], steps: number[] = [];

  function whole(): void {
    limit.push(shape[start.length]!);
    start.push(0);
    steps.push(1);
  }

  function range(place: number): void {
    const axis = start.length, length = shape[axis]!;
    const within = (at: number, least: number, most: number) =>
      Math.min(Math.max(at < 0 ? at + length : at, least), most);
    const step = single(place) ? 1 : strides[place]!;
    if (single(place)) {
      const at = within(begin[place]!, 0, length - 1);
      start.push(at);
      limit.push(at + 1);
    } else if (step > 0) {
      start.push(fromStart(place) ? 0 : within(begin[place]!, 0, length));
      limit.push(toEnd(place) ? length : within(end[place]!, 0, length));
    } else {
      reversed.push(axis);
      const first = fromStart(place) ? length - 1 : within(begin[place]!, -1, length - 1);
      const beyond = toEnd(place) ? -1 : within(end[place]!, -1, length - 1);
      start.push(length - 1 - first);
      limit.push(length - 1 - beyond);
    }
    steps.push(Math.abs(step));
    // A range that ends before it begins is empty.
    limit[axis] = Math.max(limit[axis]!, start[axis]!);
  }

  for (const place of places) {
    if (ellipsis(place)) { for (let i = named; i < shape.length; i++) whole(); }
    else if (!added(place)) range(place);
  }
  while (start.length < shape.length) whole();
  return { reversed, cut: { start, limit, steps } };
}
