import type { Html } from "@/lib/report/mod.ts";
import type { DerivedNumber, ExperimentResults } from "@/lib/results/mod.ts";

/** How one experiment is shown: its own tables and charts, and what the answer at the top says of it. */
export interface ExperimentReport {
  /** The experiment's id. */
  readonly id: string;
  /** One sentence or more, drawn from the verdicts alone. */
  readonly answer: (results: ExperimentResults) => string;
  readonly figures: (results: ExperimentResults) => Promise<Html>;
  /** The numbers of its figures that are worked out of several rows, and are none of its claims. */
  readonly derived?: (results: ExperimentResults) => readonly DerivedNumber[];
}
