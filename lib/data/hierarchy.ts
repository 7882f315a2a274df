import { InputError } from "@/lib/base/errors.ts";

/** A finest class with its place in the label tree. */
export interface Leaf {
  readonly name: string;
  /** The names of its classes, one a level, finest first; the first is usually `name`. */
  readonly path: readonly string[];
}

/** The label tree of a domain: every leaf stands at the same depth. */
export interface Hierarchy {
  /** The names of the levels, finest first. */
  readonly levels: readonly string[];
  /** The leaves; a label is an index into them. */
  readonly leaves: readonly Leaf[];
}

/** The label tree of a domain without a label. */
export const noLabels: Hierarchy = Object.freeze({ levels: [], leaves: [] });

/** The classes of one level, and the class of each leaf there. */
export interface LevelClasses {
  /** The name of the level, never the alias `finest`. */
  readonly level: string;
  /** The class of each leaf, `[leaves]`. */
  readonly classOfLeaf: Uint16Array;
  /** The names of the classes, each different: where two share a name, their ancestors are put before it. */
  readonly names: readonly string[];
}

/** The most leaves that a 16-bit label can tell apart. */
const maximumLeaves = 65536;

/**
 * Checks that a hierarchy is one: levels and leaves present, names non-empty, paths complete, leaves different.
 *
 * @param place Where the hierarchy comes from, for the message.
 * @throws {InputError} Naming the level or leaf that is wrong.
 */
export function checkHierarchy(hierarchy: Hierarchy, place: string): void {
  const { levels, leaves } = hierarchy;
  const refuse = (problem: string, remedy: string): never => {
    throw new InputError(place, problem, remedy);
  };
  if (levels.length === 0) refuse("the label tree has no level", "Name at least one level");
  if (leaves.length === 0) refuse("the label tree has no class", "Give at least one class");
  if (leaves.length > maximumLeaves) {
    refuse(`there are ${leaves.length} classes`, `Use at most ${maximumLeaves}`);
  }
  for (const [i, level] of levels.entries()) {
    if (level.trim() === "") refuse(`level ${i + 1} has an empty name`, "Name every level");
    if (level === "finest") {
      refuse('a level is named "finest"', "Rename it: that word always means the first level");
    }
    if (levels.indexOf(level) !== i) {
      refuse(`two levels are named "${level}"`, "Give each level its own name");
    }
  }
  const seen = new Set<string>();
  for (const { name, path } of leaves) {
    if (name.trim() === "" || path.some((part) => part.trim() === "")) {
      refuse(`the class "${name}" (${path.join(", ")}) has an empty name`, "Name every class");
    }
    if (path.length !== levels.length) {
      refuse(
        `the class "${name}" has ${path.length} names for ${levels.length} levels`,
        `Give one name for each of ${levels.join(", ")}`,
      );
    }
    const identity = JSON.stringify(path);
    if (seen.has(identity)) refuse(`the class "${name}" occurs twice`, "Keep one of the two");
    seen.add(identity);
  }
}

/**
 * The classes of a level. A class is the path from the root down to it, so that equal names under different parents
 * stay apart; classes are numbered in the order in which the leaves first reach them.
 *
 * @param level The name of a level, or `finest` for the first.
 * @throws {InputError} If the hierarchy has no such level, naming those it has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { classesAt } from "@/lib/data/hierarchy.ts";
 *
 * const leaves = [["oak", "tree"], ["pine", "tree"], ["cat", "animal"]]
 *   .map((path) => ({ name: path[0]!, path }));
 * const { classOfLeaf, names } = classesAt({ levels: ["species", "kingdom"], leaves }, "kingdom");
 * assert.deepEqual([...classOfLeaf], [0, 0, 1]);
 * assert.deepEqual(names, ["tree", "animal"]);
 * ```
 */
export function classesAt(
  hierarchy: Hierarchy,
  level: string,
  options: { readonly place?: string } = {},
): LevelClasses {
  const at = level === "finest" ? 0 : hierarchy.levels.indexOf(level);
  if (at < 0) {
    throw new InputError(
      options.place ?? "label level",
      `the label tree has no level "${level}"`,
      `Use one of ${hierarchy.levels.join(", ")}, or finest for the first`,
    );
  }
  const numbers = new Map<string, number>();
  const paths: (readonly string[])[] = [];
  const classOfLeaf = Uint16Array.from(hierarchy.leaves, ({ path }) => {
    const fromLevel = path.slice(at);
    const identity = JSON.stringify(fromLevel);
    const known = numbers.get(identity);
    if (known !== undefined) return known;
    numbers.set(identity, paths.length);
    return paths.push(fromLevel) - 1;
  });
  return { level: hierarchy.levels[at]!, classOfLeaf, names: distinctNames(paths) };
}

/**
 * The levels at which no class has more than half of the finest classes, finest first: at any other, whoever names one class
 * for all is mostly right.
 */
export function dividedLevels(hierarchy: Hierarchy): readonly string[] {
  const { levels, leaves } = hierarchy;
  return levels.filter((level) => {
    const { classOfLeaf, names } = classesAt(hierarchy, level);
    const counts = names.map(() => 0);
    for (const own of classOfLeaf) counts[own]!++;
    return Math.max(...counts) <= leaves.length / 2;
  });
}

/** The first name of each path, with all its ancestors before it where another path begins with the same name. */
function distinctNames(paths: readonly (readonly string[])[]): string[] {
  const uses = new Map<string, number>();
  for (const [name] of paths) uses.set(name!, (uses.get(name!) ?? 0) + 1);
  return paths.map((path) => uses.get(path[0]!) === 1 ? path[0]! : path.toReversed().join(" > "));
}

/**
 * A hierarchy of classes that stand at unequal depths: level `depth d` is the ancestor at that depth, and a class that is
 * less deep stands for itself (the paper's tree of ImageNet has 19 such levels, Fig 5).
 *
 * @param classes Each class's names from the root down to its own; the last names the leaf.
 */
export function levelled(classes: readonly (readonly string[])[]): Hierarchy {
  const depth = Math.max(0, ...classes.map((names) => names.length)) - 1;
  return {
    levels: Array.from({ length: depth + 1 }, (_, i) => `depth ${depth - i}`),
    leaves: classes.map((names) => {
      const name = names.at(-1)!;
      return {
        name,
        path: Array.from({ length: depth + 1 }, (_, i) => names[depth - i] ?? name),
      };
    }),
  };
}

/**
 * The path from the root down to a node of a tree that is given by parents.
 *
 * @param parents The parent of each node; the root has none.
 * @param place Where the tree comes from, for the message.
 * @throws {InputError} If the node is unknown, or its ancestors go round in a circle.
 */
export function pathFromRoot(
  node: string,
  parents: ReadonlyMap<string, string | null>,
  place: string,
): string[] {
  const path: string[] = [];
  for (let at: string | null = node; at !== null;) {
    const parent = parents.get(at);
    if (parent === undefined) {
      throw new InputError(place, `the tree has no node "${at}"`, "Add it with its parent");
    }
    if (path.includes(at)) {
      throw new InputError(
        place,
        `the ancestors of "${node}" go round in a circle: ${path.toReversed().join(" < ")}`,
        "Give each node one parent, and the root none",
      );
    }
    path.push(at);
    at = parent;
  }
  return path.reverse();
}
