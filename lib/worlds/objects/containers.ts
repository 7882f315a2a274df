import type { Catalogue } from "@/lib/worlds/objects/plans.ts";
import type { Material, Part } from "@/lib/worlds/objects/sketch.ts";
import { path, union } from "@/lib/worlds/paint/combine.ts";
import { box, capsule, ellipse, type Point, polygon, ring } from "@/lib/worlds/paint/shape.ts";

/** A bottle whose body is `half` wide and begins at the height `shoulder`; melted together over `soft`. */
function bottle(
  { half, shoulder, neck, soft }: { half: number; shoulder: number; neck: number; soft: number },
): readonly Part[] {
  const middle = (shoulder + 0.92) / 2;
  return [
    [
      union([
        box([0, middle], [half, 0.92 - middle], { round: 0.06 }),
        capsule([0, shoulder + 0.02], [0, -0.9], { width: neck * 1.4, to: neck }),
      ], { soft }),
      "main",
    ],
    [box([0, 0.42], [half, 0.2]), "white"],
    [box([0, 0.42], [half * 0.65, 0.08]), "second"],
    [box([0, -0.86], [neck + 0.02, 0.09], { round: 0.02 }), "second"],
  ];
}

/** A mouth seen from a little above: its rim and what is in it. */
function mouth(
  [x, y]: Point,
  { wide, rim = "white", inside = "dark" }: { wide: number; rim?: Material; inside?: Material },
): readonly Part[] {
  return [
    [ellipse([x, y], [wide, wide * 0.22]), rim],
    [ellipse([x, y + 0.02], [wide * 0.85, wide * 0.15]), inside],
  ];
}

/** A glass on a stem, `[wide, high]` the half axes of its bowl. */
function stemmed([wide, high]: Point): readonly Part[] {
  const y = -0.74 + high;
  return [
    [ellipse([0, 0.84], [0.38, 0.09]), "metal"],
    [capsule([0, 0], [0, 0.82], { width: 0.06 }), "metal"],
    [
      union([
        ellipse([0, y], [wide, high]),
        box([0, (y - 0.76) / 2], [wide * 0.88, (y + 0.76) / 2], { round: 0.03 }),
      ], { soft: 0.05 }),
      "glass",
    ],
    [ellipse([0, y + 0.06], [wide * 0.86, high * 0.74]), "main"],
    [ellipse([0, -0.78], [wide * 0.9, 0.06]), "white"],
  ];
}

/** A pot for tea or coffee: its body under a lid, with spout and handle. */
function pot(
  body: Part[0],
  { lid, spout }: { lid: Point; spout: readonly Point[] },
): readonly Part[] {
  const [y, half] = lid;
  return [
    [ring([0.56, 0.1], 0.3, { width: 0.06 }), "second"],
    [path(spout, { width: 0.13, to: 0.06 }), "main"],
    [body, "cloth"],
    [ellipse([0, y], [half, 0.1]), "second"],
    [capsule([0, y - 0.1], [0, y - 0.16], { width: 0.07 }), "second"],
  ];
}

/** A pan's lip, over its side. */
const lip: readonly Part[] = [
  [box([-0.12, -0.24], [0.64, 0.05], { round: 0.04 }), "metal"],
  [ellipse([-0.12, -0.32], [0.5, 0.1]), "metal"],
  [capsule([-0.18, -0.46], [-0.06, -0.46], { width: 0.06 }), "dark"],
];

/** Containers, from the side. */
export const containers: Catalogue = {
  "closed vessel": {
    bottle: {
      "wine bottle": bottle({ half: 0.27, shoulder: -0.12, neck: 0.09, soft: 0.1 }),
      "flute bottle": bottle({ half: 0.22, shoulder: 0.12, neck: 0.09, soft: 0.6 }),
      "milk bottle": bottle({ half: 0.36, shoulder: -0.3, neck: 0.2, soft: 0.3 }),
    },
    flask: {
      "conical flask": [
        [
          union([
            polygon([[-0.14, -0.4], [0.14, -0.4], [0.66, 0.78], [-0.66, 0.78]], { round: 0.06 }),
            box([0, -0.6], [0.14, 0.3]),
          ], { soft: 0.05 }),
          "glass",
        ],
        [
          polygon([[-0.36, 0.22], [0.36, 0.22], [0.6, 0.76], [-0.6, 0.76]], { round: 0.05 }),
          "main",
        ],
        [box([0, -0.88], [0.2, 0.05], { round: 0.03 }), "glass"],
      ],
      "round flask": [
        [
          union([ellipse([0, 0.26], [0.6, 0.58]), box([0, -0.6], [0.14, 0.3])], { soft: 0.1 }),
          "glass",
        ],
        [ellipse([0, 0.42], [0.5, 0.38]), "main"],
        [box([0, -0.88], [0.2, 0.05], { round: 0.03 }), "glass"],
      ],
    },
  },
  "pouring vessel": {
    jug: {
      "round jug": [
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
      "tall jug": [
        [ring([0.4, 0.0], 0.34, { width: 0.07 }), "main"],
        [
          union([
            polygon([[-0.3, -0.8], [0.3, -0.8], [0.44, 0.84], [-0.44, 0.84]], { round: 0.04 }),
            polygon([[-0.2, -0.84], [-0.54, -0.84], [-0.3, -0.5]], { round: 0.02 }),
          ]),
          "main",
        ],
        [box([0, 0.5], [0.4, 0.06]), "second"],
      ],
    },
    teapot: {
      "round teapot": pot(ellipse([0, 0.16], [0.56, 0.5]), {
        lid: [-0.36, 0.3],
        spout: [[-0.4, 0.3], [-0.7, 0.1], [-0.88, -0.3]],
      }),
      "coffee pot": pot(
        polygon([[-0.24, -0.56], [0.24, -0.56], [0.46, 0.74], [-0.46, 0.74]], { round: 0.05 }),
        { lid: [-0.62, 0.28], spout: [[-0.36, 0.5], [-0.6, 0.1], [-0.78, -0.4]] },
      ),
    },
    "watering vessel": {
      "watering can": [
        [ring([0.3, -0.3], 0.4, { width: 0.05, open: 0.6, angle: 0.85 }), "main"],
        [path([[-0.3, 0.5], [-0.84, -0.36]], { width: 0.1, to: 0.05 }), "main"],
        [capsule([-0.98, -0.28], [-0.74, -0.46], { width: 0.07 }), "metal"],
        [box([0.16, 0.26], [0.48, 0.44], { round: 0.06 }), "main"],
        [ellipse([0.16, -0.18], [0.46, 0.1]), "dark"],
      ],
    },
  },
  "drinking vessel": {
    mug: {
      "coffee mug": [
        [ring([0.5, 0.06], 0.3, { width: 0.08 }), "main"],
        [box([-0.06, 0.06], [0.52, 0.62], { round: 0.08 }), "cloth"],
        ...mouth([-0.06, -0.54], { wide: 0.52 }),
      ],
      tankard: [
        [path([[0.3, -0.4], [0.78, -0.4], [0.78, 0.5], [0.3, 0.5]], { width: 0.08 }), "main"],
        [
          polygon([[-0.42, -0.56], [0.34, -0.56], [0.46, 0.74], [-0.54, 0.74]], { round: 0.04 }),
          "cloth",
        ],
        [box([-0.04, 0.66], [0.54, 0.08]), "metal"],
        ...mouth([-0.04, -0.58], { wide: 0.42 }),
      ],
    },
    "stemmed glass": { goblet: stemmed([0.44, 0.44]), "flute glass": stemmed([0.26, 0.54]) },
    cup: {
      teacup: [
        [ellipse([0, 0.56], [0.85, 0.14]), "white"],
        [ring([0.6, 0.02], 0.2, { width: 0.06 }), "main"],
        [
          polygon(
            [[-0.58, -0.3], [0.58, -0.3], [0.44, 0.3], [0.2, 0.5], [-0.2, 0.5], [-0.44, 0.3]],
            {
              round: 0.05,
            },
          ),
          "cloth",
        ],
        ...mouth([0, -0.32], { wide: 0.6, inside: "orange" }),
      ],
      bowl: [
        [box([0, 0.56], [0.3, 0.1], { round: 0.03 }), "main"],
        [
          polygon([[-0.82, -0.2], [0.82, -0.2], [0.56, 0.36], [0.24, 0.54], [-0.24, 0.54], [
            -0.56,
            0.36,
          ]], { round: 0.05 }),
          "cloth",
        ],
        ...mouth([0, -0.22], { wide: 0.84, inside: "orange" }),
      ],
    },
  },
  "household vessel": {
    vase: {
      "round vase": [
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
      amphora: [
        [ring([-0.3, -0.4], 0.26, { width: 0.05 }), "second"],
        [ring([0.3, -0.4], 0.26, { width: 0.05 }), "second"],
        [
          union([
            ellipse([0, 0.06], [0.46, 0.42]),
            capsule([0, 0.1], [0, 0.84], { width: 0.34, to: 0.1 }),
            box([0, -0.6], [0.16, 0.26], { round: 0.03 }),
          ], { soft: 0.1 }),
          "cloth",
        ],
        [ellipse([0, -0.86], [0.24, 0.06]), "black"],
      ],
    },
    pan: {
      saucepan: [
        [capsule([0.45, -0.08], [1, -0.2], { width: 0.07 }), "dark"],
        [box([-0.12, 0.14], [0.58, 0.38], { round: 0.1 }), "main"],
        ...lip,
      ],
      "stock pot": [
        [ring([-0.74, -0.02], 0.14, { width: 0.05 }), "dark"],
        [ring([0.5, -0.02], 0.14, { width: 0.05 }), "dark"],
        [box([-0.12, 0.28], [0.6, 0.52], { round: 0.08 }), "main"],
        ...lip,
      ],
      "frying pan": [
        [capsule([0.4, 0.06], [1, -0.22], { width: 0.07 }), "dark"],
        [polygon([[-0.8, -0.1], [0.6, -0.1], [0.46, 0.3], [-0.66, 0.3]], { round: 0.05 }), "main"],
        ...mouth([-0.1, -0.12], { wide: 0.72, rim: "metal" }),
      ],
    },
    pail: {
      bucket: [
        [ring([0, -0.28], 0.58, { width: 0.03, open: 0.5, angle: 0.75 }), "metal"],
        [
          polygon([[-0.58, -0.34], [0.58, -0.34], [0.42, 0.8], [-0.42, 0.8]], { round: 0.03 }),
          "main",
        ],
        [ellipse([0, -0.34], [0.6, 0.13]), "dark"],
        [path([[-0.52, 0.1], [0.52, 0.1]], { width: 0.04 }), "metal"],
      ],
      basket: [
        [ring([0, -0.1], 0.6, { width: 0.06, open: 0.5, angle: 0.75 }), "wood"],
        [polygon([[-0.7, -0.1], [0.7, -0.1], [0.56, 0.7], [-0.56, 0.7]], { round: 0.05 }), "wood"],
        ...[0.1, 0.3, 0.5].map((
          y,
        ): Part => [path([[0.1 * y - 0.68, y], [0.68 - 0.1 * y, y]], { width: 0.03 }), "rope"]),
        ...[-0.4, 0, 0.4].map((
          x,
        ): Part => [capsule([x, -0.06], [x * 0.86, 0.7], { width: 0.03 }), "dark"]),
        [ellipse([0, -0.12], [0.72, 0.12]), "dim"],
      ],
    },
  },
};
