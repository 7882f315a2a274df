import type { Catalogue } from "@/lib/worlds/objects/plans.ts";
import { path, union, within, without } from "@/lib/worlds/paint/combine.ts";
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
import { cosine, sine } from "@/lib/worlds/paint/math.ts";
import type { Material, Part } from "@/lib/worlds/objects/sketch.ts";

const radius = 0.78;
const globe = disc([0, 0], radius);

/** What of a shape lies on the ball. */
function onGlobe(shape: Shape, material: Material): Part {
  return [within(globe, shape), material];
}

/** A regular polygon. */
function regular(
  [x, y]: readonly [number, number],
  size: number,
  { sides }: { sides: number },
): Shape {
  return polygon(
    Array.from(
      { length: sides },
      (_, i) => [x + size * cosine(i / sides + 0.25), y + size * sine(i / sides + 0.25)] as const,
    ),
    { round: 0.02 },
  );
}

/** Marks at the hours about a clock's centre. */
function hours({ y, far, near }: { y: number; far: number; near: number }): readonly Part[] {
  return Array.from({ length: 12 }, (_, i): Part => {
    const c = cosine(i / 12), s = sine(i / 12);
    return [
      capsule([c * near, y + s * near], [c * far, y + s * far], {
        width: i % 3 === 0 ? 0.035 : 0.018,
      }),
      "black",
    ];
  });
}

/** The seams of four balls; their colours are any ball's. */
const balls: Readonly<Record<string, readonly Part[]>> = {
  football: [
    [globe, "main"],
    onGlobe(regular([0, 0], 0.25, { sides: 5 }), "second"),
    ...[0, 1, 2, 3, 4].flatMap((i): Part[] => {
      const turn = i / 5 + 0.25, c = cosine(turn), s = sine(turn);
      return [
        onGlobe(regular([c * -0.78, s * -0.78], 0.24, { sides: 5 }), "second"),
        onGlobe(capsule([c * 0.25, s * 0.25], [c * 0.52, s * 0.52], { width: 0.02 }), "dark"),
      ];
    }),
  ],
  basketball: [
    [globe, "main"],
    onGlobe(box([0, 0], [1, 0.028]), "black"),
    onGlobe(box([0, 0], [0.028, 1]), "black"),
    onGlobe(ring([-1.05, 0], 0.8, { width: 0.028 }), "black"),
    onGlobe(ring([1.05, 0], 0.8, { width: 0.028 }), "black"),
  ],
  "tennis ball": [
    [globe, "main"],
    onGlobe(ring([-0.85, -0.1], 0.72, { width: 0.04 }), "white"),
    onGlobe(ring([0.85, 0.1], 0.72, { width: 0.04 }), "white"),
  ],
  "beach ball": [
    [globe, "white"],
    onGlobe(polygon([[0, -0.2], [-0.5, 0.9], [0.3, 0.9]]), "main"),
    onGlobe(polygon([[0, -0.2], [0.9, 0.5], [0.9, -0.4]]), "second"),
    onGlobe(polygon([[0, -0.2], [0.3, -0.9], [-0.4, -0.9]]), "main"),
    onGlobe(polygon([[0, -0.2], [-0.9, -0.5], [-0.9, 0.3]]), "second"),
    [disc([0, -0.2], 0.1), "white"],
  ],
};

/** A round face with its hours and two hands. */
function face(
  { y = 0, radius, hands: [short, long] }: {
    y?: number;
    radius: number;
    hands: readonly [Point, Point];
  },
): readonly Part[] {
  return [
    [disc([0, y], radius), "white"],
    ...hours({ y, far: radius * 0.88, near: radius * 0.72 }),
    [
      capsule([0, y], [short[0] * radius, y + short[1] * radius], { width: radius * 0.07 }),
      "black",
    ],
    [capsule([0, y], [long[0] * radius, y + long[1] * radius], { width: radius * 0.05 }), "black"],
  ];
}

const clocks: Readonly<Record<string, readonly Part[]>> = {
  "wall clock": [
    [disc([0, 0], 0.82), "main"],
    ...face({ radius: 0.68, hands: [[0.38, -0.38], [-0.15, 0.7]] }),
  ],
  "alarm clock": [
    [capsule([-0.3, 0.6], [-0.46, 0.86], { width: 0.06 }), "metal"],
    [capsule([0.3, 0.6], [0.46, 0.86], { width: 0.06 }), "metal"],
    [ring([0, -0.62], 0.18, { width: 0.04, open: 0.5, angle: 0.75 }), "metal"],
    [ellipse([-0.42, -0.58], [0.28, 0.17], { angle: -0.1 }), "brass"],
    [ellipse([0.42, -0.58], [0.28, 0.17], { angle: 0.1 }), "brass"],
    [disc([0, 0.12], 0.64), "main"],
    ...face({ y: 0.12, radius: 0.5, hands: [[-0.44, -0.32], [0.12, -0.72]] }),
  ],
  "mantel clock": [
    [union([box([0, 0.16], [0.66, 0.56]), disc([0, -0.3], 0.5)], { soft: 0.2 }), "wood"],
    [box([0, 0.76], [0.8, 0.09], { round: 0.03 }), "wood"],
    ...face({ y: -0.06, radius: 0.46, hands: [[0.4, 0.2], [-0.1, -0.72]] }),
  ],
};

const watches: Readonly<Record<string, readonly Part[]>> = {
  wristwatch: [
    [box([0, -0.6], [0.22, 0.4], { round: 0.04 }), "second"],
    [box([0, 0.6], [0.22, 0.4], { round: 0.04 }), "second"],
    [box([0.5, 0], [0.06, 0.07]), "metal"],
    [disc([0, 0], 0.48), "metal"],
    ...face({ radius: 0.37, hands: [[0.44, -0.32], [-0.1, -0.7]] }),
  ],
  "pocket watch": [
    [path([[0, -0.5], [0.3, -0.84], [0.7, -0.66], [0.94, -0.9]], { width: 0.03 }), "metal"],
    [ring([0, -0.54], 0.12, { width: 0.04 }), "metal"],
    [disc([0, 0.16], 0.64), "metal"],
    ...face({ y: 0.16, radius: 0.52, hands: [[-0.3, 0.4], [0.6, -0.36]] }),
  ],
};

const oval = without(ellipse([0, -0.4], [0.46, 0.56]), ellipse([0, -0.4], [0.37, 0.47]));

/** A racket's head, strung or solid, over its handle. */
function racket(head: readonly Part[], { length }: { length: number }): readonly Part[] {
  return [
    [capsule([0, 0], [0, length], { width: 0.07, to: 0.09 }), "wood"],
    [capsule([0, length - 0.3], [0, length], { width: 0.1 }), "dark"],
    ...head,
  ];
}

const strings = [-0.3, -0.15, 0, 0.15, 0.3].flatMap((at): Part[] => [
  [capsule([at, -0.78], [at, -0.02], { width: 0.012 }), "white"],
  [capsule([-0.36, at - 0.4], [0.36, at - 0.4], { width: 0.012 }), "white"],
]);

/** Things held in the hand or put on a shelf. */
export const smallThings: Catalogue = {
  sport: {
    ball: balls,
    racket: {
      "tennis racket": racket([...strings, [oval, "main"]], { length: 0.92 }),
      "table tennis bat": racket([
        [ellipse([0, -0.32], [0.54, 0.6]), "main"],
        [box([0, 0.26], [0.26, 0.08], { round: 0.03 }), "wood"],
      ], { length: 0.9 }),
    },
  },
  timepiece: { clock: clocks, watch: watches },
  device: {
    screen: {
      television: [
        [capsule([0, 0.4], [0, 0.7], { width: 0.07 }), "dark"],
        [ellipse([0, 0.72], [0.4, 0.07]), "dark"],
        [box([0, -0.08], [0.94, 0.58], { round: 0.04 }), "black"],
        [box([0, -0.08], [0.86, 0.49]), "glass"],
        [
          polygon([[-0.86, 0.2], [-0.4, -0.2], [0, 0.1], [0.4, -0.1], [0.86, 0.2], [0.86, 0.4], [
            -0.86,
            0.4,
          ]]),
          "second",
        ],
      ],
      laptop: [
        [box([0, -0.26], [0.68, 0.46], { round: 0.04 }), "dark"],
        [box([0, -0.26], [0.6, 0.38]), "glass"],
        [box([-0.2, -0.36], [0.3, 0.14]), "white"],
        [polygon([[-0.68, 0.2], [0.68, 0.2], [0.95, 0.6], [-0.95, 0.6]], { round: 0.03 }), "metal"],
        ...[0.28, 0.36, 0.44].map((y): Part => [box([0, y], [0.44 + y * 0.5, 0.026]), "dark"]),
        [box([0, 0.54], [0.18, 0.035]), "dark"],
      ],
    },
    camera: {
      "still camera": [
        [box([-0.1, -0.5], [0.22, 0.12], { round: 0.03 }), "black"],
        [box([0.52, -0.44], [0.1, 0.06], { round: 0.02 }), "metal"],
        [box([0, 0.06], [0.84, 0.5], { round: 0.08 }), "black"],
        [box([0, 0.08], [0.84, 0.28]), "dim"],
        [disc([0, 0.08], 0.4), "metal"],
        [disc([0, 0.08], 0.32), "black"],
        [disc([0, 0.08], 0.2), "glass"],
        [box([0.6, -0.3], [0.12, 0.07]), "yellow"],
      ],
      "cine camera": [
        [disc([-0.36, -0.52], 0.34), "dark"],
        [disc([0.34, -0.5], 0.3), "dark"],
        [disc([-0.36, -0.52], 0.1), "metal"],
        [disc([0.34, -0.5], 0.1), "metal"],
        [box([-0.06, 0.22], [0.64, 0.42], { round: 0.06 }), "dim"],
        [
          polygon([[0.56, 0.1], [0.94, -0.08], [0.94, 0.5], [0.56, 0.34]], { round: 0.03 }),
          "black",
        ],
        [box([-0.76, 0.06], [0.1, 0.1], { round: 0.02 }), "black"],
        [disc([-0.3, 0.22], 0.1), "metal"],
      ],
    },
    telephone: {
      "dial telephone": [
        [polygon([[-0.6, 0.7], [0.6, 0.7], [0.42, -0.1], [-0.42, -0.1]], { round: 0.08 }), "main"],
        [disc([0, 0.32], 0.28), "white"],
        ...[0, 1, 2, 3, 4, 5, 6].map((
          i,
        ): Part => [disc([0.19 * cosine(i / 8), 0.32 + 0.19 * sine(i / 8)], 0.045), "black"]),
        [
          union([
            path([[-0.7, -0.2], [-0.5, -0.42], [0.5, -0.42], [0.7, -0.2]], { width: 0.11 }),
            ellipse([-0.72, -0.14], [0.2, 0.13]),
            ellipse([0.72, -0.14], [0.2, 0.13]),
          ], { soft: 0.05 }),
          "main",
        ],
      ],
      "mobile telephone": [
        [box([0, 0], [0.5, 0.92], { round: 0.1 }), "main"],
        [box([0, -0.26], [0.4, 0.5], { round: 0.03 }), "glass"],
        ...[0.4, 0.58, 0.76].flatMap((y) =>
          [-0.26, 0, 0.26].map((x): Part => [box([x, y], [0.09, 0.055], { round: 0.03 }), "white"])
        ),
        [capsule([-0.12, -0.83], [0.12, -0.83], { width: 0.02 }), "dark"],
      ],
    },
  },
};
