import { path, union } from "@/lib/data/worlds/paint/combine.ts";
import { box, capsule, disc, ellipse, polygon, ring } from "@/lib/data/worlds/paint/shape.ts";
import type { Part } from "@/lib/data/worlds/objects/sketch.ts";

/** Musical instruments: family, then name, then parts from the back to the front. */
export const instruments: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
  "stringed instrument": {
    guitar: [
      [capsule([0, -0.9], [0, 0], { width: 0.065 }), "dark"],
      [box([0, -0.88], [0.12, 0.1], { round: 0.03 }), "wood"],
      [
        union([ellipse([0, 0.5], [0.46, 0.4]), ellipse([0, 0.06], [0.34, 0.28])], { soft: 0.1 }),
        "wood",
      ],
      [disc([0, 0.16], 0.14), "black"],
      [box([0, 0.56], [0.18, 0.04]), "dark"],
      [path([[0, -0.85], [0, 0.56]], { width: 0.014 }), "white"],
    ],
    violin: [
      [capsule([0, -0.92], [0, 0.1], { width: 0.045 }), "black"],
      [disc([0, -0.92], 0.075), "wood"],
      [
        union([
          ellipse([0, 0.62], [0.34, 0.28]),
          ellipse([0, 0.04], [0.28, 0.22]),
          box([0, 0.32], [0.2, 0.2]),
        ], { soft: 0.05 }),
        "orange",
      ],
      [polygon([[-0.06, -0.3], [0.06, -0.3], [0.1, 0.2], [-0.1, 0.2]]), "black"],
      [capsule([-0.16, 0.24], [-0.16, 0.44], { width: 0.02 }), "black"],
      [capsule([0.16, 0.24], [0.16, 0.44], { width: 0.02 }), "black"],
      [polygon([[-0.07, 0.54], [0.07, 0.54], [0.04, 0.84], [-0.04, 0.84]]), "black"],
      [capsule([0.5, -0.8], [0.66, 0.8], { width: 0.02 }), "wood"],
    ],
  },
  "wind instrument": {
    trumpet: [
      [capsule([-0.9, -0.1], [0.5, -0.1], { width: 0.05 }), "brass"],
      [
        polygon([[0.4, -0.16], [0.94, -0.46], [0.94, 0.26], [0.4, -0.04]], { round: 0.02 }),
        "brass",
      ],
      [ring([0, 0.1], 0.22, { width: 0.045 }), "brass"],
      ...[-0.14, 0, 0.14].flatMap((x): Part[] => [
        [box([x, 0.06], [0.05, 0.26], { round: 0.02 }), "brass"],
        [capsule([x, -0.34], [x, -0.2], { width: 0.025 }), "metal"],
      ]),
      [ellipse([0.94, -0.1], [0.05, 0.35]), "dark"],
      [ellipse([-0.92, -0.1], [0.06, 0.1]), "brass"],
    ],
    recorder: [
      [capsule([-0.9, 0.02], [0.8, 0.02], { width: 0.11, to: 0.13 }), "wood"],
      [box([-0.52, 0.02], [0.04, 0.16], { round: 0.03 }), "white"],
      [box([0.66, 0.02], [0.05, 0.17], { round: 0.03 }), "white"],
      ...[-0.3, -0.14, 0.02, 0.18, 0.34, 0.5].map((x): Part => [disc([x, -0.01], 0.045), "black"]),
    ],
  },
  drum: {
    "snare drum": [
      [box([0, 0.14], [0.72, 0.4], { round: 0.08 }), "main"],
      [ellipse([0, 0.52], [0.72, 0.18]), "main"],
      [
        path([[-0.7, -0.2], [-0.46, 0.5], [-0.2, -0.14], [0.02, 0.6], [0.24, -0.14], [0.48, 0.5], [
          0.7,
          -0.2,
        ]], { width: 0.026 }),
        "rope",
      ],
      [ellipse([0, -0.26], [0.76, 0.22]), "second"],
      [ellipse([0, -0.28], [0.68, 0.17]), "white"],
      [capsule([-0.2, -0.3], [0.75, -0.85], { width: 0.03 }), "wood"],
    ],
    bongos: [
      [
        polygon([[-0.86, -0.3], [-0.06, -0.3], [-0.16, 0.56], [-0.76, 0.56]], { round: 0.03 }),
        "wood",
      ],
      [
        polygon([[0.06, -0.24], [0.86, -0.24], [0.74, 0.56], [0.18, 0.56]], { round: 0.03 }),
        "wood",
      ],
      [box([0, 0.1], [0.14, 0.1]), "dark"],
      [ellipse([-0.46, -0.32], [0.42, 0.14]), "white"],
      [ellipse([0.46, -0.26], [0.4, 0.13]), "white"],
      [capsule([-0.84, -0.08], [-0.1, -0.08], { width: 0.03 }), "metal"],
      [capsule([0.1, -0.04], [0.82, -0.04], { width: 0.03 }), "metal"],
    ],
  },
};
