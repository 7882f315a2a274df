import type { Limits } from "@/lib/run/slurm/limits.ts";

/** How many workers of a class there are, and how many arrays go on where their time is over. */
export interface Size {
  readonly workers: number;
  readonly successors: number;
}

/**
 * Makes what was asked for small enough for a cluster: successors are given up before workers, and every class keeps one.
 *
 * @param asked One for each class.
 * @returns One for each class; `null` where the cluster does not even take a worker of each.
 */
export function fitted(asked: readonly Size[], { jobs }: Limits): readonly Size[] | null {
  let sizes = asked;
  while (
    sizes.reduce((sum, { workers, successors }) => sum + workers * (1 + successors), 0) > jobs
  ) {
    const most = (of: keyof Size) => Math.max(...sizes.map((size) => size[of]));
    const chains = most("successors"), workers = most("workers");
    if (chains === 0 && workers === 1) return null;
    const first = sizes.findIndex((size) =>
      chains > 0 ? size.successors === chains : size.workers === workers
    );
    sizes = sizes.map((size, i) =>
      i !== first
        ? size
        : chains > 0
        ? { ...size, successors: chains - 1 }
        : { ...size, workers: workers - 1 }
    );
  }
  return sizes;
}

/** The lengths of the arrays that so many workers make where none may be longer than the cluster allows. */
export function arrayLengths(workers: number, { arraySize }: Limits): readonly number[] {
  return Array.from(
    { length: Math.ceil(workers / arraySize) },
    (_, i) => Math.min(arraySize, workers - i * arraySize),
  );
}
