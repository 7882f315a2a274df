import { capsule, type Point, type Shape } from "@/lib/worlds/paint/shape.ts";

/** The region that any of the shapes covers; `soft` melts the joints over that distance, as flesh does. */
export function union(shapes: readonly Shape[], { soft = 0 } = {}): Shape {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
  for (const { bounds: [left, top, right, bottom] } of shapes) {
    bounds[0] = Math.min(bounds[0], left - soft / 4);
    bounds[1] = Math.min(bounds[1], top - soft / 4);
    bounds[2] = Math.max(bounds[2], right + soft / 4);
    bounds[3] = Math.max(bounds[3], bottom + soft / 4);
  }
  return {
    bounds,
    distance: (x, y) => {
      let d = shapes[0]!.distance(x, y);
      for (let i = 1; i < shapes.length; i++) {
        const next = shapes[i]!.distance(x, y);
        const gap = Math.abs(d - next);
        d = Math.min(d, next);
        if (gap < soft) d -= (soft - gap) * (soft - gap) / (4 * soft);
      }
      return d;
    },
  };
}

/** The region of the first shape that the second does not cover. */
export function without(shape: Shape, hole: Shape): Shape {
  return {
    bounds: shape.bounds,
    distance: (x, y) => Math.max(shape.distance(x, y), -hole.distance(x, y)),
  };
}

/** The region that both shapes cover. */
export function within(shape: Shape, other: Shape): Shape {
  const a = shape.bounds, b = other.bounds;
  return {
    bounds: [
      Math.max(a[0], b[0]),
      Math.max(a[1], b[1]),
      Math.min(a[2], b[2]),
      Math.min(a[3], b[3]),
    ],
    distance: (x, y) => Math.max(shape.distance(x, y), other.distance(x, y)),
  };
}

/** The thick line through the points, its half width going from `width` to `to`. */
export function path(
  points: readonly Point[],
  { width, to = width }: { width: number; to?: number },
): Shape {
  const last = points.length - 1;
  const at = (i: number) => width + (to - width) * i / last;
  return union(
    points.slice(1).map((point, i) => capsule(points[i]!, point, { width: at(i), to: at(i + 1) })),
  );
}

/** `count + 1` points along the quadratic curve from the first point to the last, drawn towards the middle one. */
export function curve(
  [a, b, c]: readonly [Point, Point, Point],
  { count = 6 } = {},
): readonly Point[] {
  return Array.from({ length: count + 1 }, (_, i) => {
    const t = i / count, s = 1 - t;
    return [
      s * s * a[0] + 2 * s * t * b[0] + t * t * c[0],
      s * s * a[1] + 2 * s * t * b[1] + t * t * c[1],
    ];
  });
}
