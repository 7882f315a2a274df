import { plural } from "@/lib/base/plural.ts";
import { firstOf } from "@/lib/data/findings.ts";
import type { LabelTable } from "@/lib/data/listing/labels_tsv.ts";

/**
 * What a table of labels says that may be a slip: classes that have no image, and classes under several parents.
 *
 * @param names The classes that have images.
 * @param place How the table is called.
 * @returns Sentences that begin small and have no full stop.
 */
export function labelNotes(
  names: readonly string[],
  { levels, rows }: LabelTable,
  place: string,
): readonly string[] {
  const used = new Set(names);
  const unused = [...rows.keys()].filter((name) => !used.has(name));
  const paths = names.map((name) => rows.get(name)!);
  return [
    ...unused.length === 0 ? [] : [
      `${place} has ${plural(unused.length, "class")} without an image: ${firstOf(unused)}`,
    ],
    ...levels.flatMap((level, at) => {
      const torn = tornClasses(paths, at);
      return torn.length === 0 ? [] : [
        `${place} has classes of the level ${level} under several of the level ${
          levels[at + 1]
        }, which count as a class under each: ${firstOf(torn)}`,
      ];
    }),
  ];
}

/** The classes of a level that stand under several parents, each with these. */
function tornClasses(paths: readonly (readonly string[])[], at: number): string[] {
  const parents = new Map<string, Set<string>>();
  for (const path of paths) {
    const [name, parent] = path.slice(at);
    if (parent === undefined) return [];
    parents.set(name!, (parents.get(name!) ?? new Set()).add(parent));
  }
  return [...parents].filter(([, above]) => above.size > 1)
    .map(([name, above]) => `${name} (${[...above].join(", ")})`);
}
