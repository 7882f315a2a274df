import { resolve } from "node:path";
import { readLines } from "@/lib/base/text_lines.ts";
import { type Hierarchy, levelled, pathFromRoot } from "@/lib/data/hierarchy.ts";

/** The classes of ILSVRC-2012, sorted by WordNet id, as leaves of a tree of 19 levels. */
export interface ImagenetClasses {
  readonly hierarchy: Hierarchy;
  /** The index of a class among the leaves, by its WordNet id. */
  readonly numbers: ReadonlyMap<string, number>;
}

const file = resolve(import.meta.dirname!, "../hierarchies/imagenet.tsv");

/**
 * Reads the WordNet tree that comes with the project. Each class has the ancestors of its first hypernym path, at depths 0
 * (entity) to 18; how the paper built its tree is not known (PAPER 1.2), and this one has 1, 10, 83, 500, 755, 918 and
 * 1,000 classes at depths 0, 3, 6, 9, 12, 15 and 18, where the paper has 1, 12, 95, 494, 756, 919 and 1,000.
 */
export async function imagenetClasses(): Promise<ImagenetClasses> {
  const parents = new Map<string, string | null>();
  const names = new Map<string, string>();
  for await (const { text } of readLines(file)) {
    if (text.startsWith("#")) continue;
    const [id, parent, name] = text.split("\t") as [string, string, string];
    parents.set(id, parent === "" ? null : parent);
    names.set(id, name);
  }
  const uses = new Map<string, number>();
  const underParent = (id: string): string => `${parents.get(id)} > ${names.get(id)}`;
  for (const id of names.keys()) uses.set(underParent(id), (uses.get(underParent(id)) ?? 0) + 1);
  // Nodes are told apart by their names, and two pairs of siblings share one (substance, table).
  const nodeName = (id: string): string =>
    uses.get(underParent(id)) === 1 ? names.get(id)! : `${id} ${names.get(id)!}`;
  const inner = new Set(parents.values());
  const classes = [...parents.keys()].filter((id) => !inner.has(id)).sort();
  const paths = classes.map((id) => {
    const ancestors = pathFromRoot(id, parents, file).slice(0, -1);
    // Two pairs of classes share a name (crane, maillot), so a leaf bears its id as well.
    return [...ancestors.map(nodeName), `${id} ${names.get(id)!}`];
  });
  return { hierarchy: levelled(paths), numbers: new Map(classes.map((id, i) => [id, i])) };
}
