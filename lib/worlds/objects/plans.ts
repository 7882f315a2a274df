import type { Material, Part } from "@/lib/worlds/objects/sketch.ts";
import { box, capsule, disc, type Point } from "@/lib/worlds/paint/shape.ts";

/** Objects of one group: family, then object, then model, then its parts from the back to the front. */
export type Catalogue = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>>>
>;

/** A tyre and its hub. */
export function wheel(x: number, y: number, { radius = 0.2 } = {}): readonly Part[] {
  return [[disc([x, y], radius), "black"], [disc([x, y], radius * 0.5), "metal"]];
}

/** Windows of one size side by side. */
export function panes(
  xs: readonly number[],
  { y, size }: { y: number; size: Point },
): readonly Part[] {
  return xs.map((x): Part => [box([x, y], size, { round: 0.03 }), "glass"]);
}

/** Thin upright legs from the height `top` to the floor. */
export function legs(
  xs: readonly number[],
  { top, foot = 0.9, of = "wood" }: { top: number; foot?: number; of?: Material },
): readonly Part[] {
  return xs.map((x): Part => [box([x, (top + foot) / 2], [0.045, (foot - top) / 2]), of]);
}

/** A straight handle, thicker at its end, from one point to another. */
export function handle(from: Point, to: Point, { of = "wood" as Material } = {}): Part {
  return [capsule(from, to, { width: 0.07, to: 0.095 }), of];
}
