import { permutation, randomAt } from "@/lib/base/random.ts";
import { classesAt, type Hierarchy } from "@/lib/data/hierarchy.ts";

/** Images by their labels alone. */
export interface Labelled {
  readonly hierarchy: Hierarchy;
  /** The leaf of each image. */
  readonly labels: ArrayLike<number>;
}

/** What a contact sheet is to show. */
export interface ContactRowsOptions {
  /** The name of a level of the label tree. */
  readonly level: string;
  /** The most rows, a class each. */
  readonly rows: number;
  /** The most images in a row. */
  readonly columns: number;
  /** The seed that chooses the images. */
  readonly seed: number;
}

/** A row of a contact sheet. */
export interface ContactRow {
  /** The name of its class. */
  readonly name: string;
  /** The numbers of its images, at most `columns`. */
  readonly images: readonly number[];
}

/**
 * Chooses the rows of a contact sheet: the classes of a level, next to their kin in the tree; where there are too many,
 * runs of three neighbours from all over. In each row, images are drawn without replacement. A class without an image has
 * no row.
 */
export function contactRows(
  { hierarchy, labels }: Labelled,
  { level, rows, columns, seed }: ContactRowsOptions,
): readonly ContactRow[] {
  const { names, classOfLeaf } = classesAt(hierarchy, level);
  const members = names.map((): number[] => []);
  for (let i = 0; i < labels.length; i++) members[classOfLeaf[labels[i]!]!]!.push(i);
  const filled = [...new Set(leavesInTreeOrder(hierarchy).map((leaf) => classOfLeaf[leaf]!))]
    .filter((i) => members[i]!.length > 0);
  return runs(filled, rows).map((number): ContactRow => {
    const all = members[number]!;
    const order = permutation(all.length, randomAt(seed, "contact sheet", number));
    return { name: names[number]!, images: [...order.subarray(0, columns)].map((i) => all[i]!) };
  });
}

/** Chooses the rows of a contact sheet of so many images without labels: images drawn without replacement. */
export function unlabelledRows(
  count: number,
  { rows, columns, seed }: Omit<ContactRowsOptions, "level">,
): readonly (readonly number[])[] {
  const drawn = [
    ...permutation(count, randomAt(seed, "contact sheet")).subarray(0, rows * columns),
  ];
  return Array.from(
    { length: Math.ceil(drawn.length / columns) },
    (_, row) => drawn.slice(row * columns, (row + 1) * columns),
  );
}

/** The leaves with those of one parent together, at every level, parents in the order in which leaves first reach them. */
function leavesInTreeOrder(hierarchy: Hierarchy): readonly number[] {
  const places = hierarchy.levels.toReversed()
    .map((level) => classesAt(hierarchy, level).classOfLeaf);
  return hierarchy.leaves.map((_, leaf) => leaf).sort((a, b) => {
    const apart = places.find((classOfLeaf) => classOfLeaf[a] !== classOfLeaf[b]);
    return apart === undefined ? 0 : apart[a]! - apart[b]!;
  });
}

/** At most `limit` items in their order: runs of three, evenly spread, so that both kin and strangers are seen. */
function runs(items: readonly number[], limit: number): readonly number[] {
  if (items.length <= limit) return items;
  const spare = items.length - limit, last = Math.max(1, Math.ceil(limit / 3) - 1);
  return Array.from(
    { length: limit },
    (_, i) => items[i + Math.floor(Math.floor(i / 3) * spare / last)]!,
  );
}

/**
 * The levels that say most about a label tree, at most three, coarsest first: the one whose number of classes comes
 * nearest to `rows`, the finest, and one midway between them.
 */
export function levelsToShow(hierarchy: Hierarchy, rows: number): readonly string[] {
  const levels = hierarchy.levels.map((level) => ({
    level,
    classes: classesAt(hierarchy, level).names.length,
  }));
  /** The level with the number nearest to a target, by ratio; the coarser of two that are equally near. */
  const nearest = (target: number, among = levels) =>
    among.reduce((a, b) => misfit(b.classes, target) <= misfit(a.classes, target) ? b : a);
  const coarse = nearest(rows), finest = levels[0]!;
  const between = levels.filter(({ classes }) =>
    classes > coarse.classes && classes < finest.classes
  );
  const middle = between.length === 0
    ? []
    : [nearest(Math.sqrt(coarse.classes * finest.classes), between)];
  const last = finest.classes > coarse.classes ? [finest] : [];
  return [coarse, ...middle, ...last].map(({ level }) => level);
}

function misfit(classes: number, target: number): number {
  return Math.abs(Math.log(classes / target));
}
