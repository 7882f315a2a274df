import type { Cell } from "@/lib/results/cells.ts";
import { meanOf } from "@/lib/results/interval.ts";
import { combine, meanSource, type Smooth } from "@/lib/results/smooth.ts";
import { type Source, sourceOfCell } from "@/lib/results/source.ts";
import { spreadOf } from "@/lib/results/spread.ts";

/** Of what the uncertainty of a typical number is made. */
export interface VarianceComponents {
  readonly kind: Source["kind"];
  /** Whether the numbers are accuracies, or differences of two on the same test images. */
  readonly of: "accuracy" | "difference";
  /** How many numbers were looked at. */
  readonly numbers: number;
  /** Standard deviation that other test images would give, 0 to 1. */
  readonly ofImages: number;
  /** Standard deviation from one seed to the next, 0 to 1. */
  readonly ofOneSeed: number;
  /** Which part of the variance of the mean over the seeds at hand is theirs, 0 to 1. */
  readonly seedsShare: number;
}

/**
 * Takes the variances of a study's accuracies together by kind of training, and those of differences of neighbouring ones: two or
 * three seeds say little of one number, and much of hundreds.
 */
export function varianceComponents(
  cells: readonly Cell[],
): readonly VarianceComponents[] {
  const several = cells.filter(({ rows }) => rows.length > 1);
  const measured = several.map((cell) => ({
    seeds: cell.rows.map(({ seed }) => seed),
    source: sourceOfCell(cell),
    cell,
  }));
  const kinds = [...Map.groupBy(measured, ({ source }) => source.kind)];
  return kinds.flatMap(([kind, some]) => {
    const single = some.map(({ source, seeds }) => partsOf(meanSource([source], seeds), seeds));
    const tasks = Map.groupBy(
      some,
      ({ cell: { subject } }) =>
        JSON.stringify([
          subject.experiment,
          subject.on,
          subject.labels,
          subject.level,
          subject.seen,
        ]),
    );
    const pairs = [...tasks.values()].flatMap((task) =>
      task.slice(1).flatMap((one, i) => {
        const before = task[i]!;
        const seeds = one.seeds.filter((seed) => before.seeds.includes(seed));
        if (seeds.length < 2 || one.source.training === before.source.training) return [];
        const [left, right] = [before, one].map(({ source }) => meanSource([source], seeds));
        return [partsOf(combine([[left!, 1], [right!, -1]]), seeds)];
      })
    );
    return [["accuracy", single] as const, ["difference", pairs] as const]
      .filter(([, parts]) => parts.length > 0)
      .map(([of, parts]) => ({ kind, of, ...typical(parts) }));
  });
}

/** Variances of a number: over images, between seeds, and of the mean over seeds. */
interface Parts {
  readonly ofImages: number;
  readonly ofOneSeed: number;
  readonly ofSeeds: number;
}

function partsOf(number: Smooth, seeds: readonly number[]): Parts {
  const { ofImages, ofSeeds } = spreadOf(number, seeds);
  return { ofImages, ofOneSeed: ofSeeds, ofSeeds: ofSeeds / seeds.length };
}

function typical(parts: readonly Parts[]) {
  const mean = (name: keyof Parts) => meanOf(parts.map((one) => one[name]));
  const ofImages = mean("ofImages"), ofSeeds = mean("ofSeeds");
  return {
    numbers: parts.length,
    ofImages: Math.sqrt(ofImages),
    ofOneSeed: Math.sqrt(mean("ofOneSeed")),
    seedsShare: ofImages + ofSeeds === 0 ? 0 : ofSeeds / (ofImages + ofSeeds),
  };
}
