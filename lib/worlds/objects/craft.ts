import { type Catalogue, panes } from "@/lib/worlds/objects/plans.ts";
import type { Part } from "@/lib/worlds/objects/sketch.ts";
import { path, union, within } from "@/lib/worlds/paint/combine.ts";
import { box, capsule, ellipse, polygon, ring } from "@/lib/worlds/paint/shape.ts";
import { wheel } from "@/lib/worlds/objects/plans.ts";

const sailHull: Part = [
  polygon([[-0.8, 0.46], [0.86, 0.46], [0.6, 0.8], [-0.6, 0.8]], { round: 0.03 }),
  "main",
];

/** The hull of a ship and the stripe at its water line. */
const shipHull: readonly Part[] = [
  [polygon([[-0.9, 0.16], [0.96, 0.1], [0.72, 0.56], [-0.74, 0.56]], { round: 0.03 }), "main"],
  [box([0, 0.5], [0.74, 0.06]), "dim"],
];

/** Skids under the cabin of a helicopter. */
const skids: readonly Part[] = [
  [path([[-0.25, 0.55], [0.6, 0.55], [0.7, 0.48]], { width: 0.03 }), "dark"],
  [capsule([0, 0.3], [-0.05, 0.55], { width: 0.025 }), "dark"],
  [capsule([0.4, 0.3], [0.45, 0.55], { width: 0.025 }), "dark"],
];

/** A rotor on its mast, at the height `y`. */
function rotor(x: number, y: number, { half }: { half: number }): readonly Part[] {
  return [
    [capsule([x - half, y], [x + half, y], { width: 0.028 }), "dark"],
    [capsule([x, y], [x, y + 0.3], { width: 0.04 }), "dark"],
  ];
}

/** Boats and aircraft, from the side. */
export const craft: Catalogue = {
  boat: {
    sailboat: {
      sloop: [
        [capsule([0, -0.95], [0, 0.5], { width: 0.03 }), "wood"],
        [polygon([[0.06, -0.9], [0.06, 0.34], [0.68, 0.34]]), "cloth"],
        [polygon([[-0.06, -0.75], [-0.06, 0.34], [-0.55, 0.34]]), "white"],
        sailHull,
      ],
      ketch: [
        [capsule([0.24, -0.95], [0.24, 0.5], { width: 0.03 }), "wood"],
        [capsule([-0.44, -0.6], [-0.44, 0.5], { width: 0.03 }), "wood"],
        [polygon([[0.3, -0.88], [0.3, 0.34], [0.78, 0.34]]), "white"],
        [polygon([[0.18, -0.88], [0.18, 0.34], [-0.34, 0.34]]), "cloth"],
        [polygon([[-0.5, -0.54], [-0.5, 0.34], [-0.86, 0.34]]), "cloth"],
        sailHull,
      ],
      junk: [
        [capsule([0, -0.95], [0, 0.5], { width: 0.03 }), "wood"],
        [polygon([[-0.4, -0.7], [0.2, -0.9], [0.58, -0.3], [0.56, 0.3], [-0.5, 0.34]]), "cloth"],
        ...[-0.5, -0.22, 0.06].map((
          y,
        ): Part => [path([[-0.46, y + 0.06], [0.5, y - 0.08]], { width: 0.02 }), "dark"]),
        sailHull,
      ],
    },
    ship: {
      steamer: [
        [box([-0.1, -0.42], [0.1, 0.32]), "second"],
        [box([0.2, -0.38], [0.1, 0.28]), "second"],
        [box([0.02, 0.0], [0.5, 0.2], { round: 0.02 }), "white"],
        ...panes([-0.34, -0.1, 0.14, 0.38], { y: 0, size: [0.06, 0.06] }),
        ...shipHull,
      ],
      "cargo ship": [
        ...[-0.28, 0.02, 0.32, 0.62].map((
          x,
          i,
        ): Part => [box([x, 0], [0.13, 0.14]), i % 2 ? "cloth" : "second"]),
        ...[-0.28, 0.02, 0.32].map((
          x,
          i,
        ): Part => [box([x, -0.26], [0.13, 0.11]), i % 2 ? "second" : "dim"]),
        [box([-0.64, -0.14], [0.18, 0.32], { round: 0.02 }), "white"],
        ...panes([-0.7, -0.56], { y: -0.32, size: [0.05, 0.06] }),
        [box([-0.64, -0.54], [0.07, 0.12]), "second"],
        ...shipHull,
      ],
    },
  },
  aircraft: {
    aeroplane: {
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
        [
          polygon([[0.16, 0.04], [-0.2, 0.04], [-0.6, 0.56], [-0.42, 0.56]], { round: 0.02 }),
          "main",
        ],
        [polygon([[-0.66, 0], [-0.82, 0], [-0.98, 0.2], [-0.86, 0.2]], { round: 0.02 }), "main"],
        [capsule([-0.22, 0.26], [0, 0.26], { width: 0.07 }), "dark"],
        [polygon([[0.8, -0.08], [0.88, 0.0], [0.72, 0.0]]), "glass"],
      ],
      biplane: [
        [
          polygon([[-0.94, -0.34], [-0.7, -0.34], [-0.56, 0], [-0.86, 0.04]], { round: 0.04 }),
          "second",
        ],
        [capsule([0.62, 0.06], [-0.8, 0], { width: 0.2, to: 0.06 }), "main"],
        [box([0.22, -0.42], [0.36, 0.045], { round: 0.04 }), "second"],
        [box([0.16, 0.2], [0.36, 0.045], { round: 0.04 }), "second"],
        ...[0, 0.44].map((
          x,
        ): Part => [capsule([x, -0.42], [x - 0.06, 0.2], { width: 0.022 }), "wood"]),
        [capsule([0.86, -0.32], [0.86, 0.42], { width: 0.035 }), "dark"],
        ...wheel(0.34, 0.48, { radius: 0.13 }),
        [ellipse([-0.12, -0.14], [0.13, 0.07]), "glass"],
      ],
    },
    helicopter: {
      "light helicopter": [
        ...rotor(0.1, -0.52, { half: 0.85 }),
        [capsule([0, -0.02], [-0.9, -0.12], { width: 0.12, to: 0.04 }), "main"],
        [ring([-0.9, -0.14], 0.16, { width: 0.025 }), "second"],
        [ellipse([0.2, 0.06], [0.48, 0.32]), "main"],
        [within(ellipse([0.26, 0.02], [0.38, 0.24]), box([0.6, 0], [0.36, 0.4])), "glass"],
        ...skids,
      ],
      "twin-rotor helicopter": [
        ...rotor(-0.56, -0.6, { half: 0.42 }),
        ...rotor(0.5, -0.5, { half: 0.46 }),
        [
          union([
            capsule([-0.6, -0.06], [0.5, 0.06], { width: 0.26 }),
            box([-0.56, -0.24], [0.14, 0.16], { round: 0.05 }),
          ], { soft: 0.1 }),
          "main",
        ],
        ...panes([-0.4, -0.14, 0.12], { y: -0.02, size: [0.07, 0.07] }),
        [within(ellipse([0.46, 0.04], [0.3, 0.22]), box([0.76, 0], [0.24, 0.4])), "glass"],
        ...skids,
      ],
    },
  },
};
