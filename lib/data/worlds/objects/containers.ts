import { path, union } from "@/lib/data/worlds/paint/combine.ts";
import { box, capsule, ellipse, polygon, ring } from "@/lib/data/worlds/paint/shape.ts";
import type { Part } from "@/lib/data/worlds/objects/sketch.ts";

/** Containers, from the side: family, then name, then parts from the back to the front. */
export const containers: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
  bottle: {
    "wine bottle": [
      [
        union([
          box([0, 0.4], [0.27, 0.52], { round: 0.06 }),
          capsule([0, -0.1], [0, -0.9], { width: 0.14, to: 0.09 }),
        ], { soft: 0.25 }),
        "main",
      ],
      [box([0, 0.42], [0.27, 0.22]), "white"],
      [box([0, 0.42], [0.18, 0.08]), "second"],
      [box([0, -0.86], [0.11, 0.09], { round: 0.02 }), "second"],
    ],
    flask: [
      [
        union([
          polygon([[-0.14, -0.4], [0.14, -0.4], [0.66, 0.78], [-0.66, 0.78]], { round: 0.06 }),
          box([0, -0.6], [0.14, 0.3]),
        ], { soft: 0.05 }),
        "glass",
      ],
      [polygon([[-0.36, 0.22], [0.36, 0.22], [0.6, 0.76], [-0.6, 0.76]], { round: 0.05 }), "main"],
      [box([0, -0.88], [0.2, 0.05], { round: 0.03 }), "glass"],
    ],
    jug: [
      [ring([0.46, 0.02], 0.3, { width: 0.07 }), "main"],
      [
        union([
          ellipse([0, 0.28], [0.52, 0.56]),
          box([0, -0.44], [0.28, 0.4], { round: 0.05 }),
          polygon([[-0.2, -0.84], [-0.5, -0.78], [-0.24, -0.5]], { round: 0.02 }),
        ], { soft: 0.15 }),
        "main",
      ],
      [box([0, 0.3], [0.5, 0.06]), "second"],
    ],
  },
  "drinking vessel": {
    mug: [
      [ring([0.5, 0.06], 0.3, { width: 0.08 }), "main"],
      [box([-0.06, 0.06], [0.52, 0.62], { round: 0.08 }), "cloth"],
      [ellipse([-0.06, -0.54], [0.52, 0.12]), "white"],
      [ellipse([-0.06, -0.52], [0.44, 0.08]), "dark"],
    ],
    goblet: [
      [ellipse([0, 0.84], [0.38, 0.09]), "metal"],
      [capsule([0, 0], [0, 0.82], { width: 0.06 }), "metal"],
      [
        union([ellipse([0, -0.28], [0.44, 0.42]), box([0, -0.55], [0.38, 0.24], { round: 0.03 })], {
          soft: 0.05,
        }),
        "glass",
      ],
      [ellipse([0, -0.2], [0.38, 0.3]), "main"],
      [ellipse([0, -0.78], [0.39, 0.06]), "white"],
    ],
    teacup: [
      [ellipse([0, 0.56], [0.85, 0.14]), "white"],
      [ring([0.6, 0.02], 0.2, { width: 0.06 }), "main"],
      [
        polygon([[-0.58, -0.3], [0.58, -0.3], [0.44, 0.3], [0.2, 0.5], [-0.2, 0.5], [-0.44, 0.3]], {
          round: 0.05,
        }),
        "cloth",
      ],
      [ellipse([0, -0.32], [0.6, 0.12]), "white"],
      [ellipse([0, -0.3], [0.52, 0.08]), "orange"],
    ],
  },
  vessel: {
    vase: [
      [
        union([
          ellipse([0, 0.3], [0.5, 0.5]),
          capsule([0, 0], [0, -0.62], { width: 0.2, to: 0.15 }),
          ellipse([0, -0.76], [0.34, 0.1]),
          box([0, 0.8], [0.28, 0.1], { round: 0.03 }),
        ], { soft: 0.2 }),
        "cloth",
      ],
      [ellipse([0, -0.8], [0.28, 0.05]), "black"],
    ],
    saucepan: [
      [capsule([0.45, -0.08], [1, -0.2], { width: 0.07 }), "dark"],
      [box([-0.12, 0.14], [0.58, 0.38], { round: 0.1 }), "main"],
      [box([-0.12, -0.24], [0.64, 0.05], { round: 0.04 }), "metal"],
      [ellipse([-0.12, -0.32], [0.5, 0.1]), "metal"],
      [capsule([-0.18, -0.46], [-0.06, -0.46], { width: 0.06 }), "dark"],
    ],
    bucket: [
      [ring([0, -0.28], 0.58, { width: 0.03, open: 0.5, angle: 0.75 }), "metal"],
      [
        polygon([[-0.58, -0.34], [0.58, -0.34], [0.42, 0.8], [-0.42, 0.8]], { round: 0.03 }),
        "main",
      ],
      [ellipse([0, -0.34], [0.6, 0.13]), "dark"],
      [path([[-0.52, 0.1], [0.52, 0.1]], { width: 0.04 }), "metal"],
    ],
  },
};
