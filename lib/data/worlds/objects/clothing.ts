import { union, within } from "@/lib/data/worlds/paint/combine.ts";
import { box, capsule, disc, ellipse, polygon } from "@/lib/data/worlds/paint/shape.ts";
import type { Part } from "@/lib/data/worlds/objects/sketch.ts";

/** Clothes laid out flat: family, then name, then parts from the back to the front. */
export const clothing: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>> = {
  top: {
    "T-shirt": [
      [
        union([
          box([0, 0.12], [0.44, 0.66], { round: 0.04 }),
          polygon([[-0.4, -0.54], [-0.86, -0.22], [-0.72, 0.06], [-0.36, -0.14]], { round: 0.03 }),
          polygon([[0.4, -0.54], [0.86, -0.22], [0.72, 0.06], [0.36, -0.14]], { round: 0.03 }),
        ]),
        "cloth",
      ],
      [ellipse([0, -0.54], [0.2, 0.12]), "dark"],
    ],
    jumper: [
      [
        union([
          box([0, 0.1], [0.44, 0.6], { round: 0.06 }),
          capsule([-0.36, -0.36], [-0.78, 0.6], { width: 0.17, to: 0.12 }),
          capsule([0.36, -0.36], [0.78, 0.6], { width: 0.17, to: 0.12 }),
        ]),
        "cloth",
      ],
      [box([0, 0.68], [0.44, 0.06], { round: 0.02 }), "second"],
      [disc([-0.79, 0.64], 0.12), "second"],
      [disc([0.79, 0.64], 0.12), "second"],
      [box([0, -0.54], [0.2, 0.09], { round: 0.05 }), "second"],
    ],
  },
  legwear: {
    trousers: [
      [
        union([
          polygon([[-0.42, -0.8], [0.42, -0.8], [0.5, -0.3], [-0.5, -0.3]]),
          polygon([[-0.5, -0.36], [0.02, -0.36], [-0.16, 0.92], [-0.54, 0.92]]),
          polygon([[0.5, -0.36], [-0.02, -0.36], [0.16, 0.92], [0.54, 0.92]]),
        ]),
        "main",
      ],
      [box([0, -0.8], [0.43, 0.07]), "dim"],
      [capsule([0, -0.74], [0, -0.36], { width: 0.014 }), "dim"],
      [disc([0, -0.8], 0.05), "brass"],
    ],
    shorts: [
      [
        union([
          polygon([[-0.56, -0.5], [0.56, -0.5], [0.68, 0], [-0.68, 0]]),
          polygon([[-0.68, -0.06], [0.02, -0.06], [-0.08, 0.5], [-0.8, 0.5]]),
          polygon([[0.68, -0.06], [-0.02, -0.06], [0.08, 0.5], [0.8, 0.5]]),
        ]),
        "cloth",
      ],
      [box([0, -0.5], [0.57, 0.08]), "second"],
      [capsule([-0.06, -0.42], [-0.1, -0.16], { width: 0.03 }), "white"],
      [capsule([0.06, -0.42], [0.1, -0.16], { width: 0.03 }), "white"],
    ],
  },
  headwear: {
    "baseball cap": [
      [capsule([0.2, 0.24], [0.92, 0.34], { width: 0.08, to: 0.05 }), "second"],
      [within(ellipse([-0.1, 0.26], [0.64, 0.66]), box([0, -0.3], [1, 0.6])), "main"],
      [capsule([-0.1, -0.38], [0.05, 0.26], { width: 0.014 }), "dim"],
      [disc([-0.1, -0.4], 0.06), "second"],
      [disc([0.3, 0], 0.13), "white"],
    ],
    "top hat": [
      [ellipse([0, 0.56], [0.86, 0.16]), "main"],
      [
        polygon([[-0.52, -0.7], [0.52, -0.7], [0.46, 0.54], [-0.46, 0.54]], { round: 0.03 }),
        "main",
      ],
      [ellipse([0, -0.7], [0.54, 0.12]), "dim"],
      [box([0, 0.36], [0.48, 0.1]), "second"],
    ],
    "straw hat": [
      [ellipse([0, 0.3], [0.95, 0.24]), "rope"],
      [within(ellipse([0, 0.26], [0.52, 0.62]), box([0, -0.3], [1, 0.58])), "rope"],
      [box([0, 0.16], [0.5, 0.1], { round: 0.03 }), "second"],
    ],
  },
  footwear: {
    boot: [
      [
        union([
          box([-0.26, -0.3], [0.32, 0.6], { round: 0.06 }),
          capsule([-0.2, 0.4], [0.5, 0.46], { width: 0.3, to: 0.22 }),
        ], { soft: 0.15 }),
        "main",
      ],
      [box([0.06, 0.72], [0.68, 0.08], { round: 0.03 }), "black"],
      [box([-0.26, -0.82], [0.33, 0.1], { round: 0.04 }), "second"],
    ],
    trainer: [
      [
        union([
          box([-0.5, 0.05], [0.3, 0.32], { round: 0.1 }),
          capsule([-0.4, 0.24], [0.66, 0.3], { width: 0.26, to: 0.16 }),
        ], { soft: 0.15 }),
        "main",
      ],
      [box([0.06, 0.48], [0.86, 0.1], { round: 0.08 }), "white"],
      [polygon([[-0.26, 0.3], [-0.1, 0.36], [0.3, 0.02]], { round: 0.02 }), "second"],
      ...[-0.02, 0.14, 0.3].map((
        x,
      ): Part => [
        capsule([x - 0.08, 0.04 + x * 0.3], [x + 0.06, -0.04 + x * 0.3], { width: 0.022 }),
        "white",
      ]),
    ],
  },
};
