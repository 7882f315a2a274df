import { listing } from "@/lib/report/mod.ts";
import type { StudyResults } from "@/lib/results/mod.ts";

type Asked = Pick<StudyResults, "experiments" | "outstanding">;

/** Whether a study asks what the paper asks: some claim of it, be it outstanding, has the paper's number. */
export function isOfPaper({ experiments, outstanding }: Asked): boolean {
  const all = [
    ...experiments.map(({ experiment }) => experiment),
    ...outstanding?.experiments ?? [],
  ];
  return all.some(({ claims }) => claims.some(({ number }) => number !== undefined));
}

// More titles than these are no title.
const most = 3;

/** The title of a study: the paper's question, or those of the experiments where that is not asked. */
export function studyTitle(study: Asked): string {
  if (isOfPaper(study)) return "When does contrastive visual representation learning work?";
  const titles = study.experiments.map(({ experiment }) => experiment.title);
  return titles.length <= most
    ? listing(titles)
    : `${titles.slice(0, most).join(", ")} and ${titles.length - most} more`;
}

/** What a study is, after its title. */
export function studyKind(study: Asked): string {
  return isOfPaper(study)
    ? "a replication of Cole et al. (CVPR 2022) with when-contrastive"
    : "a study made with when-contrastive";
}
