/** What Fig 5 shows, read off the plot to about 0.3 points, and to a point where a marker is partly hidden. */

/** Accuracies from 0 to 1, a value for each level, the coarsest first. */
export interface GranularityPanel {
  /** Classes of each level, where the plot says. */
  readonly classes: readonly (number | null)[];
  readonly supervised: readonly number[];
  readonly simclr: readonly number[];
}

const depths = Array.from({ length: 19 }, () => null);
const labelled: Readonly<Record<number, number>> = {
  0: 1,
  3: 12,
  6: 95,
  9: 494,
  12: 756,
  15: 919,
  18: 1000,
};

/** iNat21 by rank, ImageNet by depth of WordNet, Places365 by the levels of its hierarchy. */
export const granularityCurves: Readonly<
  Record<"species" | "objects" | "scenes", GranularityPanel>
> = {
  species: {
    classes: [3, 13, 51, 273, 1103, 4884, 10_000],
    supervised: [0.988, 0.981, 0.968, 0.928, 0.899, 0.859, 0.799],
    simclr: [0.975, 0.961, 0.923, 0.793, 0.694, 0.589, 0.503],
  },
  objects: {
    classes: depths.map((_, depth) => labelled[depth] ?? null),
    // deno-fmt-ignore
    supervised: [
        1, 0.99, 0.976, 0.971, 0.956, 0.91, 0.873, 0.853, 0.837, 0.822,
        0.81, 0.797, 0.788, 0.777, 0.764, 0.756, 0.747, 0.746, 0.746,
      ],
    // deno-fmt-ignore
    simclr: [
        1, 0.983, 0.969, 0.961, 0.942, 0.883, 0.832, 0.806, 0.786, 0.766,
        0.748, 0.729, 0.716, 0.7, 0.677, 0.664, 0.651, 0.647, 0.647,
      ],
  },
  scenes: {
    classes: [3, 16, 365],
    supervised: [0.91, 0.74, 0.542],
    simclr: [0.904, 0.719, 0.51],
  },
};
