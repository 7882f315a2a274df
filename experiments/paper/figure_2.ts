/**
 * What Fig 2 and the label curves of iNat21 show, read off the plots: top-1 in percent at 10k, 50k, 125k, 250k, 500k and 1M
 * labels, to about 0.3 points, and to a point where markers hide each other.
 */

import type { PaperRole, Size } from "@/dsl/mod.ts";

/** The numbers of labelled images on the x-axis. */
export const labelCounts = ["10k", "50k", "125k", "250k", "500k", "1M"] as const;

/** The numbers of pretraining images, a line each. */
export const pretrainingSizes = ["1M", "500k", "250k", "125k", "50k"] as const;

/** The domains, a panel each. */
export const figureRoles = ["species", "objects", "scenes"] as const satisfies readonly PaperRole[];

/** A point for each of {@linkcode labelCounts}. */
export type Line = readonly [number, number, number, number, number, number];

/** A line for each of {@linkcode pretrainingSizes}. */
export type Panel = Readonly<Record<(typeof pretrainingSizes)[number], Line>>;

/** Fig 2a: a linear probe on the frozen encoder. */
export const linearCurves: Readonly<Record<(typeof figureRoles)[number], Panel>> = {
  species: {
    "1M": [3.8, 11.4, 19.8, 27.3, 34.7, 41.3],
    "500k": [3.7, 10.9, 18.9, 26.1, 33.2, 39.8],
    "250k": [3.4, 9.8, 17.5, 24.1, 31.1, 37.3],
    "125k": [2.5, 7.2, 13.0, 18.2, 24.0, 29.4],
    "50k": [1.4, 5.0, 9.4, 13.4, 18.1, 22.7],
  },
  objects: {
    "1M": [36.8, 50.0, 55.4, 58.5, 61.3, 63.8],
    "500k": [34.1, 47.8, 53.4, 57.0, 59.8, 62.2],
    "250k": [31.0, 44.6, 50.5, 54.1, 57.3, 59.6],
    "125k": [24.0, 37.1, 43.1, 47.3, 50.4, 53.2],
    "50k": [18.1, 30.1, 36.5, 40.8, 44.0, 47.0],
  },
  scenes: {
    "1M": [35.1, 40.5, 43.0, 44.7, 46.8, 48.6],
    "500k": [34.5, 40.1, 42.9, 44.7, 46.7, 48.6],
    "250k": [32.9, 38.9, 41.7, 43.6, 45.4, 47.1],
    "125k": [29.2, 36.3, 38.9, 41.1, 42.9, 44.1],
    "50k": [26.3, 32.4, 35.7, 37.7, 39.5, 40.8],
  },
};

/** Fig 2b: the whole network trained further. */
export const finetuneCurves: Readonly<Record<(typeof figureRoles)[number], Panel>> = {
  species: {
    "1M": [3.8, 13.8, 27.9, 41.4, 56.5, 70],
    "500k": [3.5, 13.0, 27.0, 41.2, 56.5, 70],
    "250k": [3.3, 11.9, 25.8, 41, 56.5, 69.5],
    "125k": [2.4, 10.2, 24.1, 40.6, 55.6, 70.5],
    "50k": [1.2, 8.7, 22.8, 39.7, 57.5, 70.3],
  },
  objects: {
    "1M": [36.6, 51.5, 57.9, 63.2, 69.2, 73.8],
    "500k": [34.0, 49.5, 57.0, 62.9, 69.1, 73.8],
    "250k": [30.7, 47.1, 55.1, 62.0, 68.7, 73.8],
    "125k": [24.5, 41.5, 51.7, 60.7, 68.3, 73.5],
    "50k": [19.5, 37.4, 50.2, 59.6, 67.8, 73.1],
  },
  scenes: {
    "1M": [35.4, 40.6, 42, 44.4, 48.3, 52.5],
    "500k": [35.0, 40.4, 42.0, 44.3, 48.2, 52.5],
    "250k": [33.9, 39.6, 41.2, 44, 48.2, 52.5],
    "125k": [30.0, 34.7, 38.8, 43.3, 48.1, 52.5],
    "50k": [25.0, 32.3, 38.0, 42.6, 48.1, 52.3],
  },
};

/** The black lines: a network trained from scratch on the labels. */
export const scratchCurves: Readonly<Record<(typeof figureRoles)[number], Line>> = {
  species: [0, 1.9, 11.5, 32.1, 56.1, 69.7],
  objects: [2.1, 26.9, 46.9, 58.5, 67.2, 72.5],
  scenes: [7.8, 31.3, 39.7, 44.1, 48.3, 51.6],
};

/** The label curves of iNat21: a linear probe on encoders of a million images. */
export const methodCurves: Readonly<Record<"simclr" | "moco" | "byol", Line>> = {
  simclr: [3.8, 11.4, 19.8, 27.3, 34.6, 41.2],
  moco: [3.7, 10.9, 19.1, 26.5, 34.0, 40.8],
  byol: [3.7, 12.6, 22.4, 30.9, 38.8, 45.6],
};

/** A point of a line, as accuracy from 0 to 1. */
export function pointOf(line: Line, labels: Size): number {
  const at = labelCounts.indexOf(labels as (typeof labelCounts)[number]);
  if (at < 0) throw new RangeError(`Fig 2 has no point at ${labels} labels`);
  return line[at]! / 100;
}
