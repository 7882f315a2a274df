import { path } from "@/lib/data/worlds/paint/combine.ts";
import { box, capsule, disc, ellipse, polygon } from "@/lib/data/worlds/paint/shape.ts";
import type { Material, Part } from "@/lib/data/worlds/objects/sketch.ts";

/** Thin upright legs from the height `top` to the floor. */
function legs(
  xs: readonly number[],
  { top, foot = 0.9, of = "wood" }: { top: number; foot?: number; of?: Material },
): readonly Part[] {
  return xs.map((x): Part => [box([x, (top + foot) / 2], [0.045, (foot - top) / 2]), of]);
}

/** Spines of books on a shelf whose board is at `y`; their widths and heights follow a fixed rhythm. */
function books(y: number): readonly Part[] {
  const kinds: readonly Material[] = ["main", "second", "white", "dim", "cloth", "dark", "second"];
  return kinds.map((kind, i): Part => {
    const tall = 0.13 + 0.04 * ((i * 5) % 3);
    return [box([-0.42 + i * 0.14, y - tall], [0.055, tall]), kind];
  });
}

/** Furniture, from the front: family, then name, then parts from the back to the front. */
export const furniture: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
  seat: {
    chair: [
      ...legs([-0.3, 0.36], { top: 0.2, foot: 0.82 }),
      [box([-0.36, -0.42], [0.09, 0.5], { round: 0.03 }), "wood"],
      [box([0, 0.16], [0.48, 0.08], { round: 0.04 }), "main"],
      ...legs([-0.42, 0.44], { top: 0.2 }),
      [box([-0.36, -0.6], [0.1, 0.24], { round: 0.04 }), "main"],
    ],
    stool: [
      [path([[-0.3, -0.2], [-0.48, 0.9]], { width: 0.05 }), "wood"],
      [path([[0.3, -0.2], [0.48, 0.9]], { width: 0.05 }), "wood"],
      [capsule([-0.4, 0.42], [0.4, 0.42], { width: 0.035 }), "wood"],
      [path([[0, -0.2], [0, 0.86]], { width: 0.05 }), "wood"],
      [ellipse([0, -0.26], [0.48, 0.14]), "main"],
    ],
    armchair: [
      [box([0, -0.2], [0.6, 0.52], { round: 0.2 }), "cloth"],
      [box([0, 0.34], [0.52, 0.3], { round: 0.06 }), "cloth"],
      [box([0, 0.22], [0.44, 0.13], { round: 0.08 }), "second"],
      [box([-0.62, 0.22], [0.17, 0.42], { round: 0.15 }), "cloth"],
      [box([0.62, 0.22], [0.17, 0.42], { round: 0.15 }), "cloth"],
      ...legs([-0.58, 0.58], { top: 0.62, foot: 0.82 }),
    ],
    sofa: [
      [box([0, -0.06], [0.82, 0.36], { round: 0.12 }), "main"],
      [box([0, 0.36], [0.8, 0.18], { round: 0.04 }), "main"],
      [box([-0.34, 0.18], [0.33, 0.1], { round: 0.06 }), "dim"],
      [box([0.34, 0.18], [0.33, 0.1], { round: 0.06 }), "dim"],
      [box([-0.5, 0.0], [0.18, 0.16], { round: 0.06, angle: 0.06 }), "cloth"],
      [box([-0.84, 0.22], [0.13, 0.32], { round: 0.1 }), "main"],
      [box([0.84, 0.22], [0.13, 0.32], { round: 0.1 }), "main"],
      ...legs([-0.8, 0.8], { top: 0.52, foot: 0.66 }),
    ],
  },
  table: {
    "dining table": [
      ...legs([-0.6, 0.6], { top: -0.1, foot: 0.5 }),
      [polygon([[-0.7, -0.3], [0.7, -0.3], [0.95, -0.04], [-0.95, -0.04]]), "wood"],
      [box([0, 0], [0.95, 0.05]), "wood"],
      ...legs([-0.86, 0.86], { top: 0, foot: 0.78 }),
    ],
    desk: [
      [box([0, -0.16], [0.92, 0.07]), "wood"],
      [box([0.56, 0.28], [0.3, 0.4]), "wood"],
      ...[0.06, 0.3, 0.54].flatMap((y): Part[] => [
        [box([0.56, y], [0.25, 0.1], { round: 0.02 }), "main"],
        [capsule([0.48, y], [0.64, y], { width: 0.02 }), "metal"],
      ]),
      ...legs([-0.8], { top: -0.1, foot: 0.68 }),
    ],
  },
  lamp: {
    "table lamp": [
      [ellipse([0, 0.78], [0.4, 0.1]), "second"],
      [capsule([0, 0.1], [0, 0.78], { width: 0.1, to: 0.2 }), "second"],
      [
        polygon([[-0.3, -0.72], [0.3, -0.72], [0.62, 0.08], [-0.62, 0.08]], { round: 0.02 }),
        "main",
      ],
      [ellipse([0, 0.08], [0.58, 0.06]), "yellow"],
    ],
    "floor lamp": [
      [ellipse([0, 0.94], [0.26, 0.06]), "dark"],
      [capsule([0, -0.5], [0, 0.92], { width: 0.03 }), "dark"],
      [
        polygon([[-0.16, -0.95], [0.16, -0.95], [0.34, -0.45], [-0.34, -0.45]], { round: 0.02 }),
        "main",
      ],
      [ellipse([0, -0.46], [0.32, 0.04]), "yellow"],
    ],
  },
  storage: {
    bookcase: [
      [box([0, 0], [0.6, 0.92]), "wood"],
      ...[-0.32, 0.26, 0.84].flatMap((y): Part[] => [
        [box([0, y - 0.26], [0.53, 0.26]), "dark"],
        ...books(y),
      ]),
    ],
    wardrobe: [
      [box([0, -0.02], [0.64, 0.86], { round: 0.03 }), "wood"],
      [box([-0.31, -0.06], [0.27, 0.72], { round: 0.02 }), "main"],
      [box([0.31, -0.06], [0.27, 0.72], { round: 0.02 }), "main"],
      [disc([-0.1, 0], 0.05), "brass"],
      [disc([0.1, 0], 0.05), "brass"],
      ...legs([-0.5, 0.5], { top: 0.8, foot: 0.95 }),
    ],
  },
  bedstead: {
    bed: [
      [box([-0.86, -0.1], [0.07, 0.5], { round: 0.04 }), "wood"],
      [box([0, 0.26], [0.84, 0.16]), "wood"],
      [box([0, 0.08], [0.82, 0.12], { round: 0.08 }), "white"],
      [box([-0.6, -0.06], [0.2, 0.1], { round: 0.08 }), "white"],
      [box([0.24, 0.1], [0.6, 0.17], { round: 0.08 }), "cloth"],
      [box([0.88, 0.12], [0.06, 0.28], { round: 0.04 }), "wood"],
      ...legs([-0.84, 0.86], { top: 0.3, foot: 0.58 }),
    ],
  },
};
