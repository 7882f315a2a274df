import { type Catalogue, panes, wheel } from "@/lib/worlds/objects/plans.ts";
import type { Part } from "@/lib/worlds/objects/sketch.ts";
import { path, union } from "@/lib/worlds/paint/combine.ts";
import { box, capsule, disc, type Point, polygon, ring } from "@/lib/worlds/paint/shape.ts";

/** A car: the outline of its cabin from the boot to the bonnet, and where the panes begin, part and end. */
function car(
  { cabin, glass: [rear, post, front], length = 0.92 }: {
    cabin: readonly Point[];
    glass: readonly [readonly [number, number], number, readonly [number, number]];
    length?: number;
  },
): readonly Part[] {
  const body = union([
    box([0, 0.12], [length, 0.2], { round: 0.12 }),
    polygon(cabin, { round: 0.06 }),
  ], { soft: 0.08 });
  return [
    [body, "main"],
    [
      polygon([[rear[0], -0.02], [rear[1], -0.27], [post - 0.04, -0.27], [post - 0.04, -0.02]]),
      "glass",
    ],
    [
      polygon([[post + 0.04, -0.02], [post + 0.04, -0.27], [front[0], -0.27], [front[1], -0.02]]),
      "glass",
    ],
    [box([length - 0.04, 0.08], [0.06, 0.05]), "yellow"],
    [capsule([post, -0.02], [post, 0.24], { width: 0.012 }), "dim"],
    ...wheel(-0.52, 0.32),
    ...wheel(0.52, 0.32),
  ];
}

const sedan = car({
  cabin: [[-0.6, 0], [-0.36, -0.32], [0.22, -0.32], [0.52, 0]],
  glass: [[-0.46, -0.3], -0.04, [0.18, 0.38]],
});

/** A van: a high body with a nose, and windows along its side. */
function van(windows: readonly number[], { roof = -0.42 } = {}): readonly Part[] {
  const front: Point[] = [[0.4, roof], [0.66, -0.08], [0.9, 0], [0.9, 0.28]];
  return [
    [polygon([[-0.88, 0.28], [-0.88, roof], ...front], { round: 0.05 }), "main"],
    [polygon([[0.2, -0.06], [0.2, -0.34], [0.38, -0.34], [0.56, -0.06]]), "glass"],
    ...panes(windows, { y: -0.2, size: [0.15, 0.12] }),
    [box([0.88, 0.1], [0.05, 0.05]), "yellow"],
    ...wheel(-0.52, 0.34),
    ...wheel(0.55, 0.34),
  ];
}

/** A lorry: its load behind a cab. */
function lorry(load: readonly Part[]): readonly Part[] {
  const cab: Point[] = [[0.46, 0.32], [0.46, -0.34], [0.72, -0.34], [0.9, -0.02], [0.9, 0.32]];
  return [
    ...load,
    [box([-0.04, 0.34], [0.92, 0.06]), "dark"],
    [polygon(cab, { round: 0.04 }), "main"],
    [polygon([[0.56, -0.02], [0.56, -0.26], [0.7, -0.26], [0.82, -0.02]]), "glass"],
    ...[-0.66, -0.26, 0.66].flatMap((x) => wheel(x, 0.44, { radius: 0.18 })),
  ];
}

const busPanes = [-0.76, -0.5, -0.24, 0.02, 0.28];

/** A cab with a large wheel behind and a small one, or another large one, in front. */
function machine(front: number): readonly Part[] {
  return [
    [box([0.42, 0.06], [0.42, 0.18], { round: 0.05 }), "main"],
    [box([-0.28, -0.3], [0.3, 0.36], { round: 0.05 }), "main"],
    [box([-0.28, -0.32], [0.22, 0.24], { round: 0.03 }), "glass"],
    ...wheel(-0.4, 0.8 - 0.46, { radius: 0.46 }),
    ...wheel(0.56, 0.8 - front, { radius: front }),
  ];
}

/** Two spoked wheels with a saddle and a handlebar between them; the rest is the frame. */
function bicycle(frame: readonly (readonly Point[])[]): readonly Part[] {
  return [
    [ring([-0.55, 0.3], 0.36, { width: 0.035 }), "black"],
    [ring([0.55, 0.3], 0.36, { width: 0.035 }), "black"],
    ...frame.map((points): Part => [path(points, { width: 0.034 }), "main"]),
    [capsule([-0.4, -0.42], [-0.16, -0.42], { width: 0.05 }), "black"],
    [disc([0, 0.32], 0.08), "metal"],
  ];
}

const saddlePost: readonly Point[] = [[-0.28, -0.4], [-0.22, -0.22], [0, 0.32]];

/** Vehicles on wheels, from the side. */
export const roadVehicles: Catalogue = {
  "light vehicle": {
    car: {
      sedan,
      taxi: [
        [box([-0.06, -0.44], [0.16, 0.07], { round: 0.02 }), "yellow"],
        ...sedan,
        ...[-0.72, -0.48, -0.24, 0, 0.24, 0.48, 0.72].flatMap((x): Part[] => [
          [box([x - 0.06, 0.06], [0.06, 0.05]), "white"],
          [box([x + 0.06, 0.06], [0.06, 0.05]), "black"],
        ]),
      ],
      hatchback: car({
        cabin: [[-0.78, 0.06], [-0.6, -0.32], [0.14, -0.32], [0.48, 0]],
        glass: [[-0.66, -0.56], -0.14, [0.1, 0.34]],
        length: 0.84,
      }),
      "estate car": car({
        cabin: [[-0.9, 0.06], [-0.82, -0.32], [0.22, -0.32], [0.52, 0]],
        glass: [[-0.8, -0.76], -0.04, [0.18, 0.38]],
      }),
    },
    "light lorry": {
      van: van([-0.56]),
      minibus: van([-0.68, -0.32, 0.02], { roof: -0.46 }),
      pickup: [
        [box([0, 0.14], [0.94, 0.17], { round: 0.06 }), "main"],
        [
          polygon([[-0.1, 0.05], [-0.06, -0.32], [0.3, -0.32], [0.52, 0.05]], { round: 0.05 }),
          "main",
        ],
        [polygon([[0.02, -0.02], [0.04, -0.26], [0.26, -0.26], [0.4, -0.02]]), "glass"],
        [box([-0.52, -0.04], [0.42, 0.06]), "dim"],
        [box([0.9, 0.08], [0.05, 0.05]), "yellow"],
        ...wheel(-0.55, 0.34, { radius: 0.22 }),
        ...wheel(0.55, 0.34, { radius: 0.22 }),
      ],
    },
  },
  "heavy vehicle": {
    lorry: {
      "box lorry": lorry([[box([-0.28, -0.16], [0.66, 0.46], { round: 0.02 }), "second"]]),
      "tank lorry": lorry([
        [box([-0.28, -0.02], [0.66, 0.29], { round: 0.27 }), "second"],
        [box([-0.28, -0.32], [0.14, 0.05], { round: 0.02 }), "dark"],
        [capsule([-0.92, 0.1], [0.36, 0.1], { width: 0.03 }), "metal"],
      ]),
      "tip lorry": lorry([
        [polygon([[-0.8, -0.1], [-0.4, -0.36], [0, -0.22], [0.3, -0.1]], { round: 0.04 }), "wood"],
        [
          polygon([[-0.96, -0.12], [0.38, -0.12], [0.34, 0.28], [-0.82, 0.28]], { round: 0.02 }),
          "second",
        ],
        ...[-0.6, -0.28, 0.04].map((x): Part => [box([x, 0.08], [0.03, 0.19]), "dark"]),
      ]),
    },
    bus: {
      "single-decker": [
        [box([0, -0.04], [0.95, 0.42], { round: 0.1 }), "main"],
        ...panes(busPanes, { y: -0.18, size: [0.105, 0.13] }),
        [box([0.56, -0.02], [0.12, 0.32], { round: 0.02 }), "glass"],
        [box([0.86, -0.16], [0.08, 0.18], { round: 0.03 }), "glass"],
        [box([-0.2, 0.14], [0.6, 0.04]), "second"],
        ...wheel(-0.55, 0.4, { radius: 0.17 }),
        ...wheel(0.55, 0.4, { radius: 0.17 }),
      ],
      "double-decker": [
        [box([0, -0.12], [0.86, 0.62], { round: 0.08 }), "main"],
        ...panes([-0.66, -0.4, -0.14, 0.12, 0.38, 0.64], { y: -0.5, size: [0.1, 0.11] }),
        ...panes([-0.66, -0.4, -0.14, 0.12], { y: 0.06, size: [0.1, 0.12] }),
        [box([0.44, 0.14], [0.11, 0.28], { round: 0.02 }), "glass"],
        [box([0.77, 0.06], [0.08, 0.16], { round: 0.03 }), "glass"],
        [box([0, -0.22], [0.84, 0.05]), "second"],
        ...wheel(-0.5, 0.5, { radius: 0.17 }),
        ...wheel(0.55, 0.5, { radius: 0.17 }),
      ],
    },
    "work machine": {
      tractor: [[capsule([0.5, -0.1], [0.5, -0.5], { width: 0.04 }), "dark"], ...machine(0.26)],
      digger: [
        [path([[0.1, -0.3], [0.5, -0.82], [0.88, -0.28]], { width: 0.07 }), "second"],
        [polygon([[0.72, -0.3], [1, -0.3], [0.98, -0.02], [0.8, 0.04]], { round: 0.03 }), "dark"],
        ...machine(0.26),
      ],
      "road roller": [
        ...machine(0.4).slice(0, 5),
        [disc([0.56, 0.4], 0.42), "metal"],
        [disc([0.56, 0.4], 0.09), "dark"],
        [capsule([0.2, 0.1], [0.56, 0.4], { width: 0.05 }), "second"],
      ],
    },
  },
  cycle: {
    bicycle: {
      "racing bicycle": bicycle([
        [[-0.55, 0.3], [-0.22, -0.22], [0.36, -0.22], [0, 0.32], [-0.55, 0.3]],
        saddlePost,
        [[0.55, 0.3], [0.32, -0.36], [0.56, -0.36], [0.6, -0.22], [0.46, -0.16]],
      ]),
      "town bicycle": [
        ...bicycle([
          [[-0.55, 0.3], [-0.24, -0.14], [0, 0.32], [-0.55, 0.3]],
          saddlePost,
          [[0, 0.32], [0.2, 0.12], [0.4, -0.24]],
          [[0.55, 0.3], [0.3, -0.46], [0.08, -0.52]],
        ]),
        [
          polygon([[0.42, -0.5], [0.82, -0.5], [0.76, -0.2], [0.48, -0.2]], { round: 0.02 }),
          "rope",
        ],
        [ring([-0.55, 0.3], 0.45, { width: 0.03, open: 0.35, angle: 0.75 }), "second"],
      ],
    },
    "motor cycle": {
      "motor scooter": [
        ...wheel(-0.55, 0.45, { radius: 0.24 }),
        ...wheel(0.58, 0.45, { radius: 0.24 }),
        [
          union([
            box([-0.45, 0.18], [0.42, 0.2], { round: 0.2 }),
            capsule([-0.2, 0.38], [0.3, 0.38], { width: 0.06 }),
          ], { soft: 0.1 }),
          "main",
        ],
        [path([[0.3, 0.38], [0.4, -0.3]], { width: 0.09, to: 0.06 }), "main"],
        [capsule([0.48, 0.1], [0.58, 0.4], { width: 0.05 }), "metal"],
        [capsule([-0.7, -0.08], [-0.16, -0.06], { width: 0.08 }), "black"],
        [capsule([0.3, -0.42], [0.48, -0.4], { width: 0.04 }), "dark"],
        [disc([0.48, -0.22], 0.08), "yellow"],
      ],
      motorcycle: [
        ...wheel(-0.56, 0.38, { radius: 0.32 }),
        ...wheel(0.6, 0.38, { radius: 0.32 }),
        [box([0, 0.3], [0.2, 0.18], { round: 0.04 }), "metal"],
        [capsule([-0.7, 0.44], [0, 0.44], { width: 0.05 }), "metal"],
        [capsule([0.34, -0.26], [0.6, 0.38], { width: 0.05 }), "metal"],
        [
          union([
            capsule([-0.1, -0.02], [0.3, -0.06], { width: 0.16 }),
            box([-0.4, 0.02], [0.2, 0.05]),
          ], { soft: 0.1 }),
          "main",
        ],
        [capsule([-0.72, -0.1], [-0.16, -0.04], { width: 0.08 }), "black"],
        [capsule([0.14, -0.36], [0.38, -0.3], { width: 0.04 }), "dark"],
        [disc([0.46, -0.14], 0.1), "yellow"],
      ],
    },
  },
};
