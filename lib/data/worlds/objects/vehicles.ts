import { path, union, within } from "@/lib/data/worlds/paint/combine.ts";
import {
  box,
  capsule,
  disc,
  ellipse,
  type Point,
  polygon,
  ring,
} from "@/lib/data/worlds/paint/shape.ts";
import type { Part } from "@/lib/data/worlds/objects/sketch.ts";

/** A tyre and its hub. */
function wheel(x: number, y: number, { radius = 0.2 } = {}): readonly Part[] {
  return [[disc([x, y], radius), "black"], [disc([x, y], radius * 0.5), "metal"]];
}

/** Windows of one size side by side. */
function panes(xs: readonly number[], { y, size }: { y: number; size: Point }): readonly Part[] {
  return xs.map((x): Part => [box([x, y], size, { round: 0.03 }), "glass"]);
}

const sedanBody = union([
  box([0, 0.12], [0.92, 0.2], { round: 0.12 }),
  polygon([[-0.6, 0], [-0.36, -0.32], [0.22, -0.32], [0.52, 0]], { round: 0.06 }),
], { soft: 0.08 });

const sedan: readonly Part[] = [
  [sedanBody, "main"],
  [polygon([[-0.46, -0.02], [-0.3, -0.27], [-0.08, -0.27], [-0.08, -0.02]]), "glass"],
  [polygon([[0, -0.02], [0, -0.27], [0.18, -0.27], [0.38, -0.02]]), "glass"],
  [box([0.88, 0.08], [0.06, 0.05]), "yellow"],
  [capsule([-0.04, -0.02], [-0.04, 0.24], { width: 0.012 }), "dim"],
  ...wheel(-0.52, 0.32),
  ...wheel(0.52, 0.32),
];

/** Vehicles, from the side: family, then name, then parts from the back to the front. */
export const vehicles: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
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
    van: [
      [
        polygon(
          [[-0.88, 0.28], [-0.88, -0.42], [0.4, -0.42], [0.66, -0.08], [0.9, 0], [0.9, 0.28]],
          { round: 0.05 },
        ),
        "main",
      ],
      [polygon([[0.2, -0.06], [0.2, -0.34], [0.38, -0.34], [0.56, -0.06]]), "glass"],
      ...panes([-0.6, -0.2], { y: -0.2, size: [0.16, 0.12] }),
      [box([0.88, 0.1], [0.05, 0.05]), "yellow"],
      ...wheel(-0.52, 0.34),
      ...wheel(0.55, 0.34),
    ],
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
  "heavy vehicle": {
    lorry: [
      [box([-0.28, -0.16], [0.66, 0.46], { round: 0.02 }), "second"],
      [box([-0.04, 0.34], [0.92, 0.06]), "dark"],
      [
        polygon([[0.46, 0.32], [0.46, -0.34], [0.72, -0.34], [0.9, -0.02], [0.9, 0.32]], {
          round: 0.04,
        }),
        "main",
      ],
      [polygon([[0.56, -0.02], [0.56, -0.26], [0.7, -0.26], [0.82, -0.02]]), "glass"],
      ...wheel(-0.66, 0.44, { radius: 0.18 }),
      ...wheel(-0.26, 0.44, { radius: 0.18 }),
      ...wheel(0.66, 0.44, { radius: 0.18 }),
    ],
    bus: [
      [box([0, -0.04], [0.95, 0.42], { round: 0.1 }), "main"],
      ...panes([-0.76, -0.5, -0.24, 0.02, 0.28], { y: -0.18, size: [0.105, 0.13] }),
      [box([0.56, -0.02], [0.12, 0.32], { round: 0.02 }), "glass"],
      [box([0.86, -0.16], [0.08, 0.18], { round: 0.03 }), "glass"],
      [box([-0.2, 0.14], [0.6, 0.04]), "second"],
      ...wheel(-0.55, 0.4, { radius: 0.17 }),
      ...wheel(0.55, 0.4, { radius: 0.17 }),
    ],
    tractor: [
      [box([0.42, 0.06], [0.42, 0.18], { round: 0.05 }), "main"],
      [box([-0.28, -0.3], [0.3, 0.36], { round: 0.05 }), "main"],
      [box([-0.28, -0.32], [0.22, 0.24], { round: 0.03 }), "glass"],
      [capsule([0.5, -0.1], [0.5, -0.5], { width: 0.04 }), "dark"],
      ...wheel(-0.4, 0.34, { radius: 0.46 }),
      ...wheel(0.6, 0.5, { radius: 0.26 }),
    ],
  },
  boat: {
    sailboat: [
      [capsule([0, -0.95], [0, 0.5], { width: 0.03 }), "wood"],
      [polygon([[0.06, -0.9], [0.06, 0.34], [0.68, 0.34]]), "cloth"],
      [polygon([[-0.06, -0.75], [-0.06, 0.34], [-0.55, 0.34]]), "white"],
      [polygon([[-0.8, 0.46], [0.86, 0.46], [0.6, 0.8], [-0.6, 0.8]], { round: 0.03 }), "main"],
    ],
    steamer: [
      [box([-0.1, -0.42], [0.1, 0.32]), "second"],
      [box([0.2, -0.38], [0.1, 0.28]), "second"],
      [box([0.02, 0.0], [0.5, 0.2], { round: 0.02 }), "white"],
      ...panes([-0.34, -0.1, 0.14, 0.38], { y: 0, size: [0.06, 0.06] }),
      [polygon([[-0.9, 0.16], [0.96, 0.1], [0.72, 0.56], [-0.74, 0.56]], { round: 0.03 }), "main"],
      [box([0, 0.5], [0.74, 0.06]), "dim"],
    ],
  },
  aircraft: {
    airliner: [
      [
        polygon([[-0.95, -0.5], [-0.72, -0.5], [-0.5, -0.04], [-0.8, -0.04]], { round: 0.02 }),
        "second",
      ],
      [
        union([
          capsule([-0.75, 0], [0.7, 0.02], { width: 0.16 }),
          ellipse([0.72, 0.03], [0.24, 0.14]),
        ]),
        "white",
      ],
      [path([[-0.86, -0.02], [0.5, -0.02]], { width: 0.022 }), "glass"],
      [polygon([[0.16, 0.04], [-0.2, 0.04], [-0.6, 0.56], [-0.42, 0.56]], { round: 0.02 }), "main"],
      [polygon([[-0.66, 0], [-0.82, 0], [-0.98, 0.2], [-0.86, 0.2]], { round: 0.02 }), "main"],
      [capsule([-0.22, 0.26], [0, 0.26], { width: 0.07 }), "dark"],
      [polygon([[0.8, -0.08], [0.88, 0.0], [0.72, 0.0]]), "glass"],
    ],
    helicopter: [
      [capsule([-0.95, -0.52], [0.95, -0.52], { width: 0.028 }), "dark"],
      [capsule([0.1, -0.5], [0.1, -0.2], { width: 0.04 }), "dark"],
      [capsule([0, -0.02], [-0.9, -0.12], { width: 0.12, to: 0.04 }), "main"],
      [ring([-0.9, -0.14], 0.16, { width: 0.025 }), "second"],
      [ellipse([0.2, 0.06], [0.48, 0.32]), "main"],
      [within(ellipse([0.26, 0.02], [0.38, 0.24]), box([0.6, 0], [0.36, 0.4])), "glass"],
      [path([[-0.25, 0.55], [0.6, 0.55], [0.7, 0.48]], { width: 0.03 }), "dark"],
      [capsule([0, 0.3], [-0.05, 0.55], { width: 0.025 }), "dark"],
      [capsule([0.4, 0.3], [0.45, 0.55], { width: 0.025 }), "dark"],
    ],
  },
  cycle: {
    bicycle: [
      [ring([-0.55, 0.3], 0.36, { width: 0.035 }), "black"],
      [ring([0.55, 0.3], 0.36, { width: 0.035 }), "black"],
      [
        path([[-0.55, 0.3], [-0.22, -0.22], [0.36, -0.22], [0, 0.32], [-0.55, 0.3]], {
          width: 0.034,
        }),
        "main",
      ],
      [path([[-0.28, -0.4], [-0.22, -0.22], [0, 0.32]], { width: 0.034 }), "main"],
      [path([[0.55, 0.3], [0.32, -0.42], [0.52, -0.46]], { width: 0.034 }), "main"],
      [capsule([-0.4, -0.42], [-0.16, -0.42], { width: 0.05 }), "black"],
      [disc([0, 0.32], 0.08), "metal"],
    ],
    "motor scooter": [
      ...wheel(-0.55, 0.45, { radius: 0.24 }),
      ...wheel(0.58, 0.45, { radius: 0.24 }),
      [
        union([
          ellipse([-0.45, 0.18], [0.42, 0.22]),
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
  },
};
