import type { Figure, Html } from "@/lib/report/mod.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";

/** How one experiment is shown: its own tables and charts. */
export interface ExperimentReport {
  /** The experiment's id. */
  readonly id: string;
  /** In the order of the page; what belongs to none of the figures stands between them. */
  readonly figures: (results: ExperimentResults) => readonly (Figure | Html)[];
}
