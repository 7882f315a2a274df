import { cosine, length, sine } from "@/lib/worlds/paint/math.ts";

/** A point, or a pair of half extents, in local units: x to the right, y downwards. */
export type Point = readonly [number, number];

/** A region of the plane: a signed distance to its edge (negative inside) and a box that holds it. */
export interface Shape {
  readonly distance: (x: number, y: number) => number;
  /** Left, top, right, bottom. */
  readonly bounds: readonly [number, number, number, number];
}

/** The ellipse with a centre and half axes, turned by `angle` turns. */
export function ellipse([cx, cy]: Point, [rx, ry]: Point, { angle = 0 } = {}): Shape {
  const c = cosine(angle), s = sine(angle);
  const wide = Math.sqrt(rx * rx * c * c + ry * ry * s * s);
  const high = Math.sqrt(rx * rx * s * s + ry * ry * c * c);
  return {
    bounds: [cx - wide, cy - high, cx + wide, cy + high],
    distance: (x, y) => {
      const dx = x - cx, dy = y - cy;
      const u = (dx * c + dy * s) / rx, v = (dy * c - dx * s) / ry;
      const k = Math.sqrt(u * u + v * v);
      if (k < 1e-6) return -Math.min(rx, ry);
      return k * (k - 1) / length(u / rx, v / ry); // first-order distance; exact for a circle
    },
  };
}

/** The disc with a centre and a radius. */
export function disc([cx, cy]: Point, radius: number): Shape {
  return {
    bounds: [cx - radius, cy - radius, cx + radius, cy + radius],
    distance: (x, y) => length(x - cx, y - cy) - radius,
  };
}

/** The rectangle with a centre and half extents, turned by `angle` turns, its corners rounded by `round`. */
export function box([cx, cy]: Point, [hx, hy]: Point, { angle = 0, round = 0 } = {}): Shape {
  const c = cosine(angle), s = sine(angle);
  const wide = Math.abs(hx * c) + Math.abs(hy * s), high = Math.abs(hx * s) + Math.abs(hy * c);
  return {
    bounds: [cx - wide, cy - high, cx + wide, cy + high],
    distance: (x, y) => {
      const dx = x - cx, dy = y - cy;
      const u = Math.abs(dx * c + dy * s) - hx + round;
      const v = Math.abs(dy * c - dx * s) - hy + round;
      const outside = length(u > 0 ? u : 0, v > 0 ? v : 0);
      return outside + Math.min(Math.max(u, v), 0) - round;
    },
  };
}

/** The polygon through the points, its edge pushed out by `round`. */
export function polygon(points: readonly Point[], { round = 0 } = {}): Shape {
  const xs = points.map(([x]) => x), ys = points.map(([, y]) => y);
  const n = points.length;
  return {
    bounds: [
      Math.min(...xs) - round,
      Math.min(...ys) - round,
      Math.max(...xs) + round,
      Math.max(...ys) + round,
    ],
    distance: (x, y) => {
      let nearest = Infinity, sign = 1;
      for (let i = 0, j = n - 1; i < n; j = i++) {
        const ix = xs[i]!, iy = ys[i]!, ex = xs[j]! - ix, ey = ys[j]! - iy;
        const wx = x - ix, wy = y - iy;
        let t = (wx * ex + wy * ey) / (ex * ex + ey * ey);
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        const bx = wx - ex * t, by = wy - ey * t;
        const d = bx * bx + by * by;
        if (d < nearest) nearest = d;
        // crossing number of a ray to the right
        const below = y >= iy, above = y < ys[j]!, left = ex * wy > ey * wx;
        if ((below && above && left) || (!below && !above && !left)) sign = -sign;
      }
      return sign * Math.sqrt(nearest) - round;
    },
  };
}

/** The thick line between two points, its half width going from `width` to `to`. */
export function capsule(
  [ax, ay]: Point,
  [bx, by]: Point,
  { width, to = width }: { width: number; to?: number },
): Shape {
  const ex = bx - ax, ey = by - ay, square = ex * ex + ey * ey || 1e-12;
  return {
    bounds: [
      Math.min(ax - width, bx - to),
      Math.min(ay - width, by - to),
      Math.max(ax + width, bx + to),
      Math.max(ay + width, by + to),
    ],
    distance: (x, y) => {
      const wx = x - ax, wy = y - ay;
      let t = (wx * ex + wy * ey) / square;
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      return length(wx - ex * t, wy - ey * t) - (width + (to - width) * t);
    },
  };
}

/**
 * The ring about a centre, `width` its half thickness.
 *
 * @param options `open` keeps only that share of the circle, about the direction `angle` (turns, 0 to the right).
 */
export function ring(
  [cx, cy]: Point,
  radius: number,
  { width, open = 1, angle = 0 }: { width: number; open?: number; angle?: number },
): Shape {
  const reach = radius + width;
  const bounds = [cx - reach, cy - reach, cx + reach, cy + reach] as const;
  if (open >= 1) {
    return { bounds, distance: (x, y) => Math.abs(length(x - cx, y - cy) - radius) - width };
  }
  const c = cosine(angle), s = sine(angle), endC = cosine(open / 2), endS = sine(open / 2);
  return {
    bounds,
    distance: (x, y) => {
      const dx = x - cx, dy = y - cy;
      const u = dx * c + dy * s, v = Math.abs(dy * c - dx * s);
      const d = endC * v > endS * u // past the end of the arc
        ? length(u - endC * radius, v - endS * radius)
        : Math.abs(length(u, v) - radius);
      return d - width;
    },
  };
}
