import type { Catalogue } from "@/lib/worlds/objects/plans.ts";
import type { Part } from "@/lib/worlds/objects/sketch.ts";
import { union, within } from "@/lib/worlds/paint/combine.ts";
import { box, capsule, disc, ellipse, type Point, polygon } from "@/lib/worlds/paint/shape.ts";

/** The same points on the other side. */
function mirrored(points: readonly Point[]): readonly Point[] {
  return points.map(([x, y]) => [-x, y]);
}

const shortSleeve: readonly Point[] = [[-0.4, -0.54], [-0.86, -0.22], [-0.72, 0.06], [
  -0.36,
  -0.14,
]];

const shirt: Part = [
  union([
    box([0, 0.12], [0.44, 0.66], { round: 0.04 }),
    polygon(shortSleeve, { round: 0.03 }),
    polygon(mirrored(shortSleeve), { round: 0.03 }),
  ]),
  "cloth",
];

const jumper: readonly Part[] = [
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
];

const buttons = [-0.2, 0.06, 0.32].map((y): Part => [disc([0.02, y], 0.045), "brass"]);

/** Trousers: `hem` is where the outside of the left leg ends, `inside` where its inside does. */
function trousers({ hem, inside }: { hem: Point; inside: number }): readonly Part[] {
  const leg: Point[] = [[-0.5, -0.36], [0.02, -0.36], [inside, hem[1]], hem];
  return [
    [
      union([
        polygon([[-0.42, -0.8], [0.42, -0.8], [0.5, -0.3], [-0.5, -0.3]]),
        polygon(leg),
        polygon(mirrored(leg)),
      ]),
      "main",
    ],
    [box([0, -0.8], [0.43, 0.07]), "dim"],
    [capsule([0, -0.74], [0, -0.36], { width: 0.014 }), "dim"],
    [disc([0, -0.8], 0.05), "brass"],
  ];
}

/** A skirt as broad as `hem` below. */
function skirt(hem: number, { folds }: { folds: readonly number[] }): readonly Part[] {
  return [
    [polygon([[-0.42, -0.66], [0.42, -0.66], [hem, 0.72], [-hem, 0.72]], { round: 0.04 }), "cloth"],
    [box([0, -0.66], [0.44, 0.08], { round: 0.02 }), "second"],
    ...folds.map((x): Part => [capsule([x * 0.4, -0.5], [x * hem, 0.7], { width: 0.018 }), "dim"]),
  ];
}

/** The crown of a hat over its brim, and a band where they meet. */
function hat(crown: Part, { brim, y }: { brim: Point; y: number }): readonly Part[] {
  return [
    [ellipse([0, y + 0.18], brim), "main"],
    crown,
    [box([0, y], [0.5, 0.09], { round: 0.02 }), "second"],
  ];
}

const cap: Part = [within(ellipse([-0.1, 0.26], [0.64, 0.66]), box([0, -0.3], [1, 0.6])), "main"];

/** A boot whose leg begins at the height `top`. */
function boot(top: number): readonly Part[] {
  const middle = (top + 0.3) / 2;
  return [
    [
      union([
        box([-0.26, middle], [0.32, 0.3 - middle], { round: 0.06 }),
        capsule([-0.2, 0.4], [0.5, 0.46], { width: 0.3, to: 0.22 }),
      ], { soft: 0.15 }),
      "main",
    ],
    [box([0.06, 0.72], [0.68, 0.08], { round: 0.03 }), "black"],
    [box([-0.26, top + 0.08], [0.33, 0.1], { round: 0.04 }), "second"],
  ];
}

/** Clothes laid out flat. */
export const clothing: Catalogue = {
  top: {
    shirt: {
      "T-shirt": [shirt, [ellipse([0, -0.54], [0.2, 0.12]), "dark"]],
      "polo shirt": [
        shirt,
        [
          polygon([[-0.24, -0.62], [-0.06, -0.6], [0, -0.3], [-0.3, -0.38]], { round: 0.02 }),
          "second",
        ],
        [
          polygon([[0.24, -0.62], [0.06, -0.6], [0, -0.3], [0.3, -0.38]], { round: 0.02 }),
          "second",
        ],
        ...buttons.slice(0, 2),
      ],
    },
    jumper: {
      "round-neck jumper": [...jumper, [box([0, -0.54], [0.2, 0.09], { round: 0.05 }), "second"]],
      cardigan: [
        ...jumper,
        [polygon([[-0.22, -0.6], [0.22, -0.6], [0, -0.16]], { round: 0.02 }), "dark"],
        [capsule([0, -0.16], [0, 0.72], { width: 0.045 }), "second"],
        ...buttons,
      ],
      hoodie: [
        [ellipse([0, -0.56], [0.36, 0.3]), "cloth"],
        ...jumper,
        [ellipse([0, -0.54], [0.22, 0.18]), "dark"],
        [
          polygon([[-0.24, 0.2], [0.24, 0.2], [0.34, 0.52], [-0.34, 0.52]], { round: 0.03 }),
          "second",
        ],
        [capsule([-0.08, -0.36], [-0.1, 0], { width: 0.022 }), "white"],
        [capsule([0.08, -0.36], [0.1, 0], { width: 0.022 }), "white"],
      ],
    },
  },
  legwear: {
    trousers: {
      "straight trousers": trousers({ hem: [-0.54, 0.92], inside: -0.16 }),
      "flared trousers": trousers({ hem: [-0.82, 0.92], inside: -0.2 }),
      shorts: trousers({ hem: [-0.66, 0.3], inside: -0.06 }),
    },
    skirt: {
      "straight skirt": skirt(0.4, { folds: [] }),
      "pleated skirt": skirt(0.86, { folds: [-0.66, -0.33, 0, 0.33, 0.66] }),
    },
  },
  headwear: {
    cap: {
      "baseball cap": [
        [capsule([0.2, 0.24], [0.92, 0.34], { width: 0.08, to: 0.05 }), "second"],
        cap,
        [capsule([-0.1, -0.38], [0.05, 0.26], { width: 0.014 }), "dim"],
        [disc([-0.1, -0.4], 0.06), "second"],
        [disc([0.3, 0], 0.13), "white"],
      ],
      "bobble hat": [
        [disc([-0.1, -0.46], 0.17), "second"],
        cap,
        [box([-0.1, 0.24], [0.68, 0.14], { round: 0.08 }), "cloth"],
      ],
    },
    "brimmed hat": {
      "top hat": hat(
        [
          polygon([[-0.52, -0.76], [0.52, -0.76], [0.46, 0.5], [-0.46, 0.5]], { round: 0.03 }),
          "main",
        ],
        { brim: [0.82, 0.16], y: 0.32 },
      ),
      "straw hat": hat(
        [within(ellipse([0, 0.26], [0.5, 0.62]), box([0, -0.3], [1, 0.58])), "main"],
        { brim: [0.96, 0.22], y: 0.14 },
      ),
      "bowler hat": hat(
        [within(ellipse([0, 0.1], [0.52, 0.74]), box([0, -0.3], [1, 0.66])), "main"],
        { brim: [0.72, 0.12], y: 0.26 },
      ),
    },
  },
  footwear: {
    boot: { "tall boot": boot(-0.92), "ankle boot": boot(-0.34) },
    shoe: {
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
        ...[-0.02, 0.14, 0.3].map((x): Part => [
          capsule([x - 0.08, 0.04 + x * 0.3], [x + 0.06, -0.04 + x * 0.3], { width: 0.022 }),
          "white",
        ]),
      ],
      "heeled shoe": [
        [
          polygon([[-0.86, -0.14], [-0.62, -0.1], [-0.7, 0.6], [-0.8, 0.6]], { round: 0.02 }),
          "dark",
        ],
        [
          union([
            capsule([-0.7, -0.2], [0.1, 0.34], { width: 0.2, to: 0.14 }),
            capsule([0.1, 0.36], [0.76, 0.46], { width: 0.17, to: 0.08 }),
          ], { soft: 0.1 }),
          "main",
        ],
        [ellipse([-0.32, -0.06], [0.38, 0.1], { angle: 0.09 }), "dim"],
        [capsule([0.1, 0.54], [0.8, 0.56], { width: 0.035 }), "dark"],
      ],
    },
  },
};
