import { path, union, without } from "@/lib/data/worlds/paint/combine.ts";
import { box, capsule, disc, ellipse, polygon, ring } from "@/lib/data/worlds/paint/shape.ts";
import type { Part } from "@/lib/data/worlds/objects/sketch.ts";

/** Hand tools, upright: family, then name, then parts from the back to the front. */
export const tools: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
  "striking tool": {
    hammer: [
      [capsule([0, -0.5], [0, 0.9], { width: 0.07, to: 0.1 }), "wood"],
      [box([0.1, -0.62], [0.4, 0.15], { round: 0.03 }), "metal"],
      [box([0.5, -0.62], [0.1, 0.2], { round: 0.04 }), "metal"],
      [
        polygon([[-0.28, -0.76], [-0.28, -0.48], [-0.66, -0.42], [-0.6, -0.56]], { round: 0.02 }),
        "metal",
      ],
    ],
    axe: [
      [capsule([0, -0.85], [0, 0.9], { width: 0.07, to: 0.09 }), "wood"],
      [
        polygon([[-0.1, -0.76], [0.2, -0.74], [0.62, -0.95], [0.66, -0.2], [0.2, -0.44], [
          -0.1,
          -0.44,
        ]], { round: 0.03 }),
        "main",
      ],
      [path([[0.64, -0.93], [0.7, -0.56], [0.67, -0.22]], { width: 0.04 }), "metal"],
    ],
  },
  "turning tool": {
    key: [
      [capsule([0, -0.2], [0, 0.9], { width: 0.075 }), "brass"],
      [box([0.17, 0.82], [0.16, 0.07]), "brass"],
      [box([0.14, 0.58], [0.13, 0.07]), "brass"],
      [ring([0, -0.52], 0.3, { width: 0.11 }), "brass"],
    ],
    spanner: [
      [
        without(
          union([
            capsule([0, -0.4], [0, 0.5], { width: 0.13 }),
            disc([0, -0.6], 0.33),
            disc([0, 0.66], 0.26),
          ], { soft: 0.1 }),
          union([
            polygon([[-0.14, -0.55], [0.14, -0.55], [0.22, -1.1], [-0.22, -1.1]]),
            disc([0, 0.66], 0.12),
          ]),
        ),
        "metal",
      ],
    ],
  },
  "cutting tool": {
    scissors: [
      [capsule([0.16, 0.2], [-0.2, -0.95], { width: 0.1, to: 0.02 }), "metal"],
      [capsule([-0.16, 0.2], [0.2, -0.95], { width: 0.1, to: 0.02 }), "metal"],
      [ring([0.32, 0.56], 0.26, { width: 0.08 }), "main"],
      [ring([-0.32, 0.56], 0.26, { width: 0.08 }), "main"],
      [disc([0, -0.2], 0.06), "dark"],
    ],
    knife: [
      [
        polygon([[-0.12, 0.1], [-0.14, -0.6], [0, -0.98], [0.14, -0.5], [0.14, 0.1]], {
          round: 0.02,
        }),
        "metal",
      ],
      [box([0, 0.12], [0.2, 0.05], { round: 0.03 }), "brass"],
      [capsule([0, 0.2], [0, 0.88], { width: 0.12, to: 0.14 }), "wood"],
      [disc([0, 0.4], 0.035), "metal"],
      [disc([0, 0.7], 0.035), "metal"],
    ],
    saw: [
      [polygon([[-0.24, 0.2], [-0.1, -0.95], [0.12, -0.95], [0.3, 0.2]], { round: 0.01 }), "metal"],
      [
        union(
          Array.from(
            { length: 9 },
            (_, i) =>
              polygon([[0.12 + i * 0.02, -0.9 + i * 0.12], [0.24 + i * 0.02, -0.84 + i * 0.12], [
                0.13 + i * 0.02,
                -0.78 + i * 0.12,
              ]]),
          ),
        ),
        "metal",
      ],
      [ring([0.02, 0.5], 0.27, { width: 0.12 }), "wood"],
      [ellipse([0.02, 0.22], [0.34, 0.1]), "wood"],
    ],
  },
};
