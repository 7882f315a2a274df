import type { Random } from "@/lib/base/random.ts";
import type { Part } from "@/lib/data/worlds/objects/sketch.ts";
import { union, within } from "@/lib/data/worlds/paint/combine.ts";
import { box, capsule, disc, type Shape } from "@/lib/data/worlds/paint/shape.ts";

/**
 * The marks by which the models of one object differ, in object units about its middle: fine cues in a colour of chance,
 * which none has to itself.
 */
const marks = {
  plain: () => null,
  banded: (random) => box([0, random.between(0, 0.2)], [1.2, random.between(0.1, 0.14)]),
  striped: (random) => {
    const lean = random.between(0.25, 0.45);
    return union(
      [-0.5, 0, 0.5].map((x) => capsule([x - lean, 1.1], [x + lean, -1.1], { width: 0.07 })),
    );
  },
  dotted: (random) => {
    const turn = random.between(-0.06, 0.06), rows = [-0.6, -0.2, 0.2, 0.6];
    return union(
      rows.flatMap((y, i) =>
        [-0.6, -0.2, 0.2, 0.6].map((x) => disc([x + (i % 2) * 0.2 + turn, y + turn], 0.085))
      ),
    );
  },
  halved: (random) => box([0, 0.9 + random.between(-0.1, 0.1)], [1.2, 0.9]),
} as const satisfies Record<string, (random: Random) => Shape | null>;

/** The name of a model's marks. */
export type Mark = keyof typeof marks;

/** In turn, so that each mark is met in every family and no two objects in a row have the same two models. */
const pairs: readonly (readonly [Mark, Mark])[] = [
  ["plain", "banded"],
  ["striped", "dotted"],
  ["halved", "plain"],
  ["banded", "dotted"],
  ["striped", "halved"],
];

/** The two models of the object of a number. */
export function modelsOf(object: number): readonly [Mark, Mark] {
  return pairs[object % pairs.length]!;
}

/** An object's parts with a model's marks laid on them. */
export function marked(parts: readonly Part[], mark: Mark, random: Random): readonly Part[] {
  const shape = marks[mark](random);
  if (shape === null) return parts;
  const outline = union(parts.map(([part]) => part));
  return [...parts, [within(outline, shape), "mark"]];
}
