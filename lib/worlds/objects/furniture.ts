import { type Catalogue, legs } from "@/lib/worlds/objects/plans.ts";
import type { Material, Part } from "@/lib/worlds/objects/sketch.ts";
import { path } from "@/lib/worlds/paint/combine.ts";
import { box, capsule, disc, ellipse, polygon, ring } from "@/lib/worlds/paint/shape.ts";

/** Spines of books on a shelf whose board is at `y`; their widths and heights follow a fixed rhythm. */
function books(y: number): readonly Part[] {
  const kinds: readonly Material[] = ["main", "second", "white", "dim", "cloth", "dark", "second"];
  return kinds.map((kind, i): Part => {
    const tall = 0.13 + 0.04 * ((i * 5) % 3);
    return [box([-0.42 + i * 0.14, y - tall], [0.055, tall]), kind];
  });
}

/** Drawers one over the other, each with a grip. */
function drawers(
  ys: readonly number[],
  { x, half: [wide, high] }: { x: number; half: readonly [number, number] },
): readonly Part[] {
  return ys.flatMap((y): Part[] => [
    [box([x, y], [wide, high], { round: 0.02 }), "main"],
    [capsule([x - 0.08, y], [x + 0.08, y], { width: 0.02 }), "metal"],
  ]);
}

/** The seat and back of a chair from the side, its legs left out. */
const chairTop: readonly Part[] = [
  [box([-0.36, -0.42], [0.09, 0.5], { round: 0.03 }), "wood"],
  [box([0, 0.16], [0.48, 0.08], { round: 0.04 }), "main"],
  [box([-0.36, -0.6], [0.1, 0.24], { round: 0.04 }), "main"],
];

/** A seat with arms, `half` its half width. */
function upholstered(half: number, { cushions }: { cushions: readonly number[] }): readonly Part[] {
  const wide = (half - 0.1) / cushions.length;
  return [
    [box([0, -0.1], [half, 0.42], { round: 0.16 }), "cloth"],
    [box([0, 0.34], [half - 0.04, 0.26], { round: 0.06 }), "cloth"],
    ...cushions.map((x): Part => [box([x, 0.22], [wide, 0.13], { round: 0.08 }), "second"]),
    [box([-half, 0.22], [0.15, 0.38], { round: 0.13 }), "cloth"],
    [box([half, 0.22], [0.15, 0.38], { round: 0.13 }), "cloth"],
    ...legs([0.04 - half, half - 0.04], { top: 0.6, foot: 0.78 }),
  ];
}

/** A lamp shade whose lower edge is at `y`, and the light under it. */
function shade(y: number, { wide, tall }: { wide: number; tall: number }): readonly Part[] {
  const top = y - tall, narrow = wide * 0.48;
  return [
    [polygon([[-narrow, top], [narrow, top], [wide, y], [-wide, y]], { round: 0.02 }), "main"],
    [ellipse([0, y], [wide * 0.94, 0.05]), "yellow"],
  ];
}

/** The frame of a bed and its mattress, pillow and cover, `y` the height of the mattress. */
function bunk(y: number): readonly Part[] {
  return [
    [box([0, y + 0.18], [0.84, 0.1]), "wood"],
    [box([0, y], [0.82, 0.12], { round: 0.08 }), "white"],
    [box([-0.6, y - 0.14], [0.2, 0.1], { round: 0.08 }), "white"],
    [box([0.24, y + 0.02], [0.6, 0.17], { round: 0.08 }), "cloth"],
  ];
}

/** Furniture, from the front. */
export const furniture: Catalogue = {
  seat: {
    chair: {
      "dining chair": [
        ...legs([-0.3, 0.36], { top: 0.2, foot: 0.82 }),
        ...chairTop,
        ...legs([-0.42, 0.44], { top: 0.2 }),
      ],
      "rocking chair": [
        ...legs([-0.36, 0.38], { top: 0.2, foot: 0.76 }),
        [ring([0, -0.44], 1.26, { width: 0.05, open: 0.22, angle: 0.25 }), "wood"],
        [path([[-0.3, -0.1], [0.42, -0.1], [0.42, 0.16]], { width: 0.05 }), "wood"],
        ...chairTop,
      ],
      "office chair": [
        [capsule([0, 0.2], [0, 0.7], { width: 0.06 }), "dark"],
        [path([[-0.44, 0.84], [0, 0.68], [0.44, 0.84]], { width: 0.05 }), "dark"],
        ...[-0.44, 0, 0.44].map((x): Part => [disc([x, 0.88], 0.07), "black"]),
        ...chairTop,
      ],
    },
    stool: {
      "wooden stool": [
        [path([[-0.3, -0.2], [-0.48, 0.9]], { width: 0.05 }), "wood"],
        [path([[0.3, -0.2], [0.48, 0.9]], { width: 0.05 }), "wood"],
        [capsule([-0.4, 0.42], [0.4, 0.42], { width: 0.035 }), "wood"],
        [path([[0, -0.2], [0, 0.86]], { width: 0.05 }), "wood"],
        [ellipse([0, -0.26], [0.48, 0.14]), "main"],
      ],
      "bar stool": [
        [ellipse([0, 0.84], [0.42, 0.1]), "metal"],
        [capsule([0, -0.3], [0, 0.84], { width: 0.06 }), "metal"],
        [ellipse([0, 0.4], [0.26, 0.05]), "metal"],
        [ellipse([0, -0.4], [0.44, 0.14]), "main"],
        [ring([0, -0.62], 0.4, { width: 0.05, open: 0.4, angle: 0.25 }), "dim"],
      ],
    },
    "easy seat": {
      armchair: upholstered(0.6, { cushions: [0] }),
      sofa: upholstered(0.84, { cushions: [-0.37, 0.37] }),
      chaise: [
        [box([-0.66, -0.06], [0.16, 0.5], { round: 0.14 }), "cloth"],
        [box([0.1, 0.3], [0.86, 0.18], { round: 0.1 }), "cloth"],
        [box([0.14, 0.16], [0.76, 0.09], { round: 0.08 }), "second"],
        [capsule([-0.52, -0.02], [-0.28, 0.04], { width: 0.13 }), "second"],
        ...legs([-0.6, 0.8], { top: 0.44, foot: 0.68 }),
      ],
    },
  },
  table: {
    "eating table": {
      "dining table": [
        ...legs([-0.6, 0.6], { top: -0.1, foot: 0.5 }),
        [polygon([[-0.7, -0.3], [0.7, -0.3], [0.95, -0.04], [-0.95, -0.04]]), "wood"],
        [box([0, 0], [0.95, 0.05]), "wood"],
        ...legs([-0.86, 0.86], { top: 0, foot: 0.78 }),
      ],
      "round table": [
        [capsule([0, -0.1], [0, 0.7], { width: 0.08, to: 0.12 }), "wood"],
        [path([[-0.42, 0.8], [0, 0.64], [0.42, 0.8]], { width: 0.06 }), "wood"],
        [ellipse([0, -0.12], [0.92, 0.22]), "wood"],
        [ellipse([0, -0.16], [0.86, 0.18]), "wood"],
      ],
    },
    desk: {
      "drawer desk": [
        [box([0, -0.16], [0.92, 0.07]), "wood"],
        [box([0.56, 0.28], [0.3, 0.4]), "wood"],
        ...drawers([0.06, 0.3, 0.54], { x: 0.56, half: [0.25, 0.1] }),
        ...legs([-0.8], { top: -0.1, foot: 0.68 }),
      ],
      "trestle desk": [
        [path([[-0.84, 0.68], [-0.62, -0.12], [-0.4, 0.68]], { width: 0.045 }), "wood"],
        [path([[0.4, 0.68], [0.62, -0.12], [0.84, 0.68]], { width: 0.045 }), "wood"],
        [capsule([-0.72, 0.34], [-0.52, 0.34], { width: 0.03 }), "wood"],
        [capsule([0.52, 0.34], [0.72, 0.34], { width: 0.03 }), "wood"],
        [box([0, -0.16], [0.92, 0.07]), "main"],
      ],
    },
  },
  lamp: {
    "shaded lamp": {
      "table lamp": [
        [ellipse([0, 0.78], [0.4, 0.1]), "second"],
        [capsule([0, 0.1], [0, 0.78], { width: 0.1, to: 0.2 }), "second"],
        ...shade(0.08, { wide: 0.62, tall: 0.8 }),
      ],
      "floor lamp": [
        [ellipse([0, 0.94], [0.26, 0.06]), "dark"],
        [capsule([0, -0.5], [0, 0.92], { width: 0.03 }), "dark"],
        ...shade(-0.45, { wide: 0.34, tall: 0.5 }),
      ],
      "desk lamp": [
        [ellipse([-0.3, 0.8], [0.42, 0.1]), "dark"],
        [path([[-0.3, 0.78], [-0.5, 0], [0.16, -0.62]], { width: 0.045 }), "metal"],
        [disc([-0.5, 0], 0.08), "dark"],
        [
          polygon([[0.06, -0.74], [0.26, -0.78], [0.72, -0.34], [0.26, 0]], { round: 0.04 }),
          "main",
        ],
        [capsule([0.7, -0.32], [0.28, -0.02], { width: 0.05 }), "yellow"],
      ],
    },
  },
  storage: {
    shelf: {
      bookcase: [
        [box([0, 0], [0.6, 0.92]), "wood"],
        ...[-0.32, 0.26, 0.84].flatMap((y): Part[] => [
          [box([0, y - 0.26], [0.53, 0.26]), "dark"],
          ...books(y),
        ]),
      ],
      dresser: [
        [box([0, 0], [0.6, 0.92]), "wood"],
        [box([0, -0.4], [0.53, 0.45]), "dark"],
        ...[-0.48, -0.04].flatMap((y): Part[] => [
          ...[-0.34, 0, 0.34].map((x): Part => [disc([x, y - 0.14], 0.14), "second"]),
          [box([0, y], [0.53, 0.03]), "wood"],
        ]),
        [box([-0.28, 0.48], [0.24, 0.34]), "main"],
        [box([0.28, 0.48], [0.24, 0.34]), "main"],
      ],
    },
    cupboard: {
      wardrobe: [
        [box([0, -0.02], [0.64, 0.86], { round: 0.03 }), "wood"],
        [box([-0.31, -0.06], [0.27, 0.72], { round: 0.02 }), "main"],
        [box([0.31, -0.06], [0.27, 0.72], { round: 0.02 }), "main"],
        [disc([-0.1, 0], 0.05), "brass"],
        [disc([0.1, 0], 0.05), "brass"],
        ...legs([-0.5, 0.5], { top: 0.8, foot: 0.95 }),
      ],
      "chest of drawers": [
        [box([0, 0.1], [0.72, 0.66], { round: 0.03 }), "wood"],
        ...drawers([-0.34, -0.02, 0.3, 0.58], { x: 0, half: [0.62, 0.12] }),
        ...legs([-0.6, 0.6], { top: 0.72, foot: 0.9 }),
      ],
    },
  },
  bedstead: {
    bed: {
      "single bed": [
        [box([-0.86, -0.1], [0.07, 0.5], { round: 0.04 }), "wood"],
        ...bunk(0.08),
        [box([0.88, 0.12], [0.06, 0.28], { round: 0.04 }), "wood"],
        ...legs([-0.84, 0.86], { top: 0.3, foot: 0.58 }),
      ],
      "bunk bed": [
        [capsule([0.56, -0.6], [0.66, 0.84], { width: 0.03 }), "wood"],
        ...bunk(-0.44),
        ...bunk(0.42),
        [box([-0.88, 0.04], [0.06, 0.86]), "wood"],
        [box([0.88, 0.04], [0.06, 0.86]), "wood"],
      ],
    },
  },
};
