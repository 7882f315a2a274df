import { type Catalogue, handle } from "@/lib/worlds/objects/plans.ts";
import type { Part } from "@/lib/worlds/objects/sketch.ts";
import { path, union, without } from "@/lib/worlds/paint/combine.ts";
import {
  box,
  capsule,
  disc,
  ellipse,
  type Point,
  polygon,
  ring,
  type Shape,
} from "@/lib/worlds/paint/shape.ts";

const shaft = handle([0, -0.6], [0, 0.9]);

/** A key's shank and bits, under its bow. */
function key(bow: readonly Part[]): readonly Part[] {
  return [
    [capsule([0, -0.2], [0, 0.9], { width: 0.075 }), "brass"],
    [box([0.17, 0.82], [0.16, 0.07]), "brass"],
    [box([0.14, 0.58], [0.13, 0.07]), "brass"],
    ...bow,
  ];
}

/** A bar with a head at each end, less what is cut out of them. */
function spanner(heads: readonly Shape[], holes: readonly Shape[]): readonly Part[] {
  const bar = capsule([0, -0.4], [0, 0.5], { width: 0.13 });
  return [[without(union([bar, ...heads], { soft: 0.1 }), union(holes)), "metal"]];
}

const jaw = polygon([[-0.14, -0.55], [0.14, -0.55], [0.22, -1.1], [-0.22, -1.1]]);

/** Two crossed blades as broad as `width`, and the loops that turn them. */
function shears(loops: readonly Part[], { width }: { width: number }): readonly Part[] {
  return [
    [capsule([0.16, 0.2], [-0.2, -0.95], { width, to: 0.02 }), "metal"],
    [capsule([-0.16, 0.2], [0.2, -0.95], { width, to: 0.02 }), "metal"],
    ...loops,
    [disc([0, -0.2], 0.06), "dark"],
  ];
}

/** A blade on a riveted handle. */
function knife(blade: readonly Point[]): readonly Part[] {
  return [
    [polygon(blade, { round: 0.02 }), "metal"],
    [box([0, 0.12], [0.2, 0.05], { round: 0.03 }), "brass"],
    [capsule([0, 0.2], [0, 0.88], { width: 0.12, to: 0.14 }), "wood"],
    [disc([0, 0.4], 0.035), "metal"],
    [disc([0, 0.7], 0.035), "metal"],
  ];
}

/** A saw's teeth down its right side, beginning at (x, -0.9). */
function teeth(x: number, { lean }: { lean: number }): Part {
  const one = (i: number) => {
    const left = x + i * lean, y = -0.9 + i * 0.12;
    return polygon([[left, y], [left + 0.12, y + 0.06], [left + 0.01, y + 0.12]]);
  };
  return [union(Array.from({ length: 9 }, (_, i) => one(i))), "metal"];
}

/** A tool with a long handle, its head downwards. */
function longHandled(head: readonly Part[], { grip = false } = {}): readonly Part[] {
  return [
    [capsule([0, -0.94], [0, 0.4], { width: 0.055 }), "wood"],
    ...(grip ? [[capsule([-0.18, -0.92], [0.18, -0.92], { width: 0.06 }), "wood"] as Part] : []),
    ...head,
  ];
}

/** Hand tools, upright. */
export const tools: Catalogue = {
  "striking tool": {
    hammer: {
      "claw hammer": [
        shaft,
        [box([0.1, -0.62], [0.4, 0.15], { round: 0.03 }), "metal"],
        [box([0.5, -0.62], [0.1, 0.2], { round: 0.04 }), "metal"],
        [
          polygon([[-0.28, -0.76], [-0.28, -0.48], [-0.66, -0.42], [-0.6, -0.56]], { round: 0.02 }),
          "metal",
        ],
      ],
      "sledge hammer": [shaft, [box([0, -0.66], [0.5, 0.2], { round: 0.06 }), "metal"]],
      mallet: [
        shaft,
        [
          polygon([[-0.56, -0.92], [0.56, -0.92], [0.48, -0.4], [-0.48, -0.4]], { round: 0.04 }),
          "wood",
        ],
      ],
    },
    axe: {
      "felling axe": [
        handle([0, -0.85], [0, 0.9]),
        [
          polygon([[-0.1, -0.76], [0.2, -0.74], [0.62, -0.95], [0.66, -0.2], [0.2, -0.44], [
            -0.1,
            -0.44,
          ]], {
            round: 0.03,
          }),
          "main",
        ],
        [path([[0.64, -0.93], [0.7, -0.56], [0.67, -0.22]], { width: 0.04 }), "metal"],
      ],
      pickaxe: [
        handle([0, -0.85], [0, 0.9]),
        [
          path([[-0.86, -0.34], [-0.46, -0.62], [0, -0.72], [0.46, -0.62], [0.86, -0.34]], {
            width: 0.085,
          }),
          "main",
        ],
        [box([0, -0.7], [0.14, 0.14], { round: 0.03 }), "metal"],
      ],
    },
  },
  "turning tool": {
    key: {
      "ring key": key([[ring([0, -0.52], 0.3, { width: 0.11 }), "brass"]]),
      "clover key": key([
        [
          union([disc([0, -0.76], 0.2), disc([-0.24, -0.44], 0.2), disc([0.24, -0.44], 0.2)]),
          "brass",
        ],
        [
          union([disc([0, -0.76], 0.08), disc([-0.24, -0.44], 0.08), disc([0.24, -0.44], 0.08)]),
          "dark",
        ],
      ]),
    },
    spanner: {
      "open spanner": spanner([disc([0, -0.6], 0.33), disc([0, 0.66], 0.33)], [
        jaw,
        polygon([[-0.14, 0.6], [0.14, 0.6], [0.22, 1.1], [-0.22, 1.1]]),
      ]),
      "ring spanner": spanner([disc([0, -0.6], 0.33), disc([0, 0.66], 0.26)], [
        jaw,
        disc([0, 0.66], 0.13),
      ]),
      "box spanner": spanner([disc([0, -0.6], 0.34), disc([0, 0.66], 0.3)], [
        disc([0, -0.6], 0.18),
        disc([0, 0.66], 0.15),
      ]),
    },
  },
  "cutting tool": {
    shears: {
      scissors: shears([
        [ring([0.32, 0.56], 0.26, { width: 0.08 }), "main"],
        [ring([-0.32, 0.56], 0.26, { width: 0.08 }), "main"],
      ], { width: 0.1 }),
      "garden shears": shears([
        [capsule([0.12, 0.1], [0.44, 0.9], { width: 0.09 }), "main"],
        [capsule([-0.12, 0.1], [-0.44, 0.9], { width: 0.09 }), "main"],
      ], { width: 0.17 }),
    },
    knife: {
      "pointed knife": knife([[-0.12, 0.1], [-0.14, -0.6], [0, -0.98], [0.14, -0.5], [0.14, 0.1]]),
      cleaver: knife([[-0.12, 0.1], [-0.14, -0.9], [0.42, -0.86], [0.42, -0.02], [0.14, 0.1]]),
    },
    saw: {
      "hand saw": [
        [
          polygon([[-0.24, 0.2], [-0.1, -0.95], [0.12, -0.95], [0.3, 0.2]], { round: 0.01 }),
          "metal",
        ],
        teeth(0.12, { lean: 0.02 }),
        [ring([0.02, 0.5], 0.27, { width: 0.12 }), "wood"],
        [ellipse([0.02, 0.22], [0.34, 0.1]), "wood"],
      ],
      "bow saw": [
        [
          path([[0.3, -0.92], [-0.24, -0.92], [-0.44, -0.4], [-0.44, 0.3], [-0.24, 0.8], [
            0.3,
            0.8,
          ]], { width: 0.075 }),
          "main",
        ],
        [box([0.3, -0.06], [0.045, 0.86]), "metal"],
        teeth(0.33, { lean: 0 }),
        [capsule([0.3, 0.5], [0.3, 0.9], { width: 0.11 }), "wood"],
      ],
    },
  },
  "garden tool": {
    "digging tool": {
      spade: longHandled([
        [
          polygon([[-0.3, 0.3], [0.3, 0.3], [0.28, 0.76], [0, 0.96], [-0.28, 0.76]], {
            round: 0.03,
          }),
          "metal",
        ],
      ], { grip: true }),
      fork: longHandled([
        [capsule([-0.3, 0.38], [0.3, 0.38], { width: 0.055 }), "metal"],
        ...[-0.3, -0.1, 0.1, 0.3].map((
          x,
        ): Part => [capsule([x, 0.38], [x, 0.94], { width: 0.05, to: 0.02 }), "metal"]),
      ], { grip: true }),
    },
    "sweeping tool": {
      broom: longHandled([
        [box([0, 0.38], [0.42, 0.09], { round: 0.03 }), "main"],
        [
          polygon([[-0.42, 0.46], [0.42, 0.46], [0.52, 0.92], [-0.52, 0.92]], { round: 0.02 }),
          "rope",
        ],
        ...[-0.3, -0.1, 0.1, 0.3].map((
          x,
        ): Part => [capsule([x, 0.5], [x * 1.2, 0.9], { width: 0.016 }), "dark"]),
      ]),
      rake: longHandled([
        ...[-0.5, -0.3, -0.1, 0.1, 0.3, 0.5].map((
          x,
        ): Part => [capsule([x * 0.2, 0.36], [x, 0.84], { width: 0.03 }), "main"]),
        [path([[-0.54, 0.8], [0, 0.76], [0.54, 0.8]], { width: 0.04 }), "main"],
        ...[-0.5, -0.3, -0.1, 0.1, 0.3, 0.5].map((
          x,
        ): Part => [capsule([x, 0.82], [x, 0.96], { width: 0.025 }), "main"]),
      ]),
    },
  },
};
