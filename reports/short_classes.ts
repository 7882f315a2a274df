import type { ExperimentResults, StudyResults } from "@/lib/results/mod.ts";

/** Where probes were to have so many labels of each class and some classes have fewer, a sentence for each task. */
export function shortClasses(
  { rows }: Pick<ExperimentResults, "rows">,
  { origins }: Pick<StudyResults, "origins">,
): readonly string[] {
  const sentences = rows.flatMap(({ subject: { on, labels }, origin }) => {
    const drawn = origins.get(origins.get(origin.probe)?.step.needs.subset ?? "")?.manifest;
    const classes = drawn?.kind === "subset" ? drawn.info.classes : undefined;
    if (classes === undefined || classes.short === 0) return [];
    return [
      `In ${on}, ${classes.short} of ${classes.all} classes have fewer training images than asked for (${labels}); all of theirs are used.`,
    ];
  });
  return [...new Set(sentences)];
}
