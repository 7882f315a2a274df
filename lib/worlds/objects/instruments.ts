import type { Catalogue } from "@/lib/worlds/objects/plans.ts";
import type { Part } from "@/lib/worlds/objects/sketch.ts";
import { path, union } from "@/lib/worlds/paint/combine.ts";
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

/** A guitar: neck and head, its body, and what lies on the body under the strings. */
function guitar(body: Part, face: readonly Part[]): readonly Part[] {
  return [
    [capsule([0, -0.9], [0, 0], { width: 0.065 }), "dark"],
    [box([0, -0.88], [0.12, 0.1], { round: 0.03 }), "wood"],
    body,
    ...face,
    [box([0, 0.6], [0.18, 0.04]), "dark"],
    [path([[0, -0.85], [0, 0.6]], { width: 0.014 }), "white"],
  ];
}

/** A bowed instrument with its body about (0, `y`), as broad as `size` says. */
function bowed(
  { y, size, top }: { y: number; size: number; top: number },
): readonly Part[] {
  const at = (u: number, v: number): Point => [u * size, y + v * size];
  const hole = (side: number): Shape =>
    capsule(at(side * 0.16, -0.1), at(side * 0.16, 0.12), { width: 0.02 });
  return [
    [capsule([0, top], at(0, -0.2), { width: 0.045 }), "black"],
    [disc([0, top], 0.075), "wood"],
    [
      union([
        ellipse(at(0, 0.3), [0.34 * size, 0.28 * size]),
        ellipse(at(0, -0.28), [0.28 * size, 0.22 * size]),
        box(at(0, 0), [0.2 * size, 0.2 * size]),
      ], { soft: 0.05 }),
      "wood",
    ],
    [polygon([[-0.06, -0.3], [0.06, -0.3], at(0.1, -0.12), at(-0.1, -0.12)]), "black"],
    [hole(-1), "black"],
    [hole(1), "black"],
    [polygon([at(-0.07, 0.22), at(0.07, 0.22), at(0.04, 0.5), at(-0.04, 0.5)]), "black"],
  ];
}

/** A pipe with rings and finger holes. */
function pipe(
  body: Shape,
  { of, holes }: { of: "wood" | "dark"; holes: "black" | "metal" },
): readonly Part[] {
  return [
    [body, of],
    [box([-0.52, 0.02], [0.04, 0.16], { round: 0.03 }), "white"],
    [box([0.62, 0.02], [0.04, 0.17], { round: 0.03 }), "white"],
    ...[-0.3, -0.14, 0.02, 0.18, 0.34, 0.5].map((x): Part => [disc([x, -0.01], 0.045), holes]),
  ];
}

const bell: Part = [
  polygon([[0.4, -0.16], [0.94, -0.46], [0.94, 0.26], [0.4, -0.04]], { round: 0.02 }),
  "brass",
];
const bellMouth: Part = [ellipse([0.94, -0.1], [0.05, 0.35]), "dark"];
const mouthpiece: Part = [ellipse([-0.92, -0.1], [0.06, 0.1]), "brass"];

/** A drum's skin in its hoop. */
function skin(
  [x, y]: Point,
  { wide }: { wide: number },
): readonly Part[] {
  return [
    [ellipse([x, y], [wide, wide * 0.29]), "second"],
    [ellipse([x, y - 0.02], [wide * 0.9, wide * 0.23]), "white"],
  ];
}

/** Musical instruments. */
export const instruments: Catalogue = {
  "stringed instrument": {
    guitar: {
      "acoustic guitar": guitar(
        [
          union([ellipse([0, 0.5], [0.46, 0.4]), ellipse([0, 0.06], [0.34, 0.28])], { soft: 0.1 }),
          "main",
        ],
        [[disc([0, 0.16], 0.14), "black"]],
      ),
      "electric guitar": guitar(
        [
          union([
            ellipse([0, 0.52], [0.42, 0.34]),
            capsule([-0.2, 0.4], [-0.3, -0.06], { width: 0.13, to: 0.08 }),
            capsule([0.2, 0.4], [0.3, 0.04], { width: 0.13, to: 0.08 }),
          ], { soft: 0.1 }),
          "main",
        ],
        [
          [box([0.04, 0.46], [0.24, 0.2], { round: 0.1 }), "white"],
          [box([0, 0.3], [0.13, 0.035]), "black"],
          [box([0, 0.46], [0.13, 0.035]), "black"],
          [disc([0.28, 0.66], 0.04), "metal"],
        ],
      ),
      banjo: guitar([disc([0, 0.44], 0.46), "main"], [[disc([0, 0.44], 0.37), "white"]]),
    },
    fiddle: {
      violin: [
        ...bowed({ y: 0.34, size: 1, top: -0.92 }),
        [capsule([0.5, -0.8], [0.66, 0.8], { width: 0.02 }), "wood"],
      ],
      cello: [
        [capsule([0, 0.6], [0, 0.98], { width: 0.022 }), "metal"],
        ...bowed({ y: 0.12, size: 1.28, top: -0.95 }),
      ],
    },
  },
  "wind instrument": {
    "brass wind": {
      trumpet: [
        [capsule([-0.9, -0.1], [0.5, -0.1], { width: 0.05 }), "brass"],
        bell,
        [ring([0, 0.1], 0.22, { width: 0.045 }), "brass"],
        ...[-0.14, 0, 0.14].flatMap((x): Part[] => [
          [box([x, 0.06], [0.05, 0.26], { round: 0.02 }), "brass"],
          [capsule([x, -0.34], [x, -0.2], { width: 0.025 }), "metal"],
        ]),
        bellMouth,
        mouthpiece,
      ],
      trombone: [
        [
          path([[-0.9, -0.1], [0.4, -0.1], [0.52, 0.06], [0.4, 0.22], [-0.4, 0.22]], {
            width: 0.045,
          }),
          "brass",
        ],
        [
          path([[-0.4, 0.22], [-0.52, 0.36], [-0.4, 0.5], [0.74, 0.5], [0.86, 0.36], [0.74, 0.22], [
            -0.1,
            0.22,
          ]], { width: 0.035 }),
          "brass",
        ],
        [capsule([-0.2, -0.1], [-0.2, 0.22], { width: 0.03 }), "metal"],
        [capsule([0.2, 0.22], [0.2, 0.5], { width: 0.03 }), "metal"],
        bell,
        bellMouth,
        mouthpiece,
      ],
    },
    woodwind: {
      recorder: pipe(capsule([-0.9, 0.02], [0.8, 0.02], { width: 0.11, to: 0.13 }), {
        of: "wood",
        holes: "black",
      }),
      clarinet: pipe(
        union([
          capsule([-0.94, 0.02], [0.7, 0.02], { width: 0.05, to: 0.1 }),
          polygon([[0.6, -0.06], [0.94, -0.2], [0.94, 0.24], [0.6, 0.1]], { round: 0.02 }),
        ]),
        { of: "wood", holes: "metal" },
      ),
    },
  },
  percussion: {
    drum: {
      "snare drum": [
        [box([0, 0.14], [0.72, 0.4], { round: 0.08 }), "main"],
        [ellipse([0, 0.52], [0.72, 0.18]), "main"],
        [
          path([
            [-0.7, -0.2],
            [-0.46, 0.5],
            [-0.2, -0.14],
            [0.02, 0.6],
            [0.24, -0.14],
            [0.48, 0.5],
            [0.7, -0.2],
          ], {
            width: 0.026,
          }),
          "rope",
        ],
        ...skin([0, -0.26], { wide: 0.76 }),
        [capsule([-0.2, -0.3], [0.75, -0.85], { width: 0.03 }), "wood"],
      ],
      conga: [
        [
          union([ellipse([0, 0.1], [0.5, 0.7]), box([0, 0.5], [0.34, 0.42])], { soft: 0.1 }),
          "main",
        ],
        [box([0, -0.1], [0.49, 0.04]), "metal"],
        [box([0, 0.6], [0.38, 0.04]), "metal"],
        ...skin([0, -0.6], { wide: 0.42 }),
      ],
      bongos: [
        [
          polygon([[-0.86, -0.3], [-0.06, -0.3], [-0.16, 0.56], [-0.76, 0.56]], { round: 0.03 }),
          "main",
        ],
        [
          polygon([[0.06, -0.24], [0.86, -0.24], [0.74, 0.56], [0.18, 0.56]], { round: 0.03 }),
          "main",
        ],
        [box([0, 0.1], [0.14, 0.1]), "dark"],
        ...skin([-0.46, -0.32], { wide: 0.42 }),
        ...skin([0.46, -0.26], { wide: 0.4 }),
      ],
    },
    "beaten bars": {
      xylophone: [
        [capsule([-0.9, 0.44], [0.9, 0.24], { width: 0.05 }), "wood"],
        [capsule([-0.9, -0.44], [0.9, -0.2], { width: 0.05 }), "wood"],
        ...[-0.78, -0.52, -0.26, 0, 0.26, 0.52, 0.78].map((x, i): Part => [
          box([x, 0.02], [0.1, 0.6 - i * 0.05], { round: 0.03 }),
          i % 2 === 0 ? "main" : "second",
        ]),
      ],
    },
  },
};
