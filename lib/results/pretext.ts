import type { Plan } from "@/lib/plan/mod.ts";
import { meanOf } from "@/lib/results/interval.ts";
import type { Origin } from "@/lib/results/origins.ts";
import { type Subject, subjectOf } from "@/lib/results/subject.ts";

/** How well a condition's encoder solves its own training task on images that it was not trained on, at each seed. */
export interface PretextCell {
  readonly subject: Subject;
  /** By seed; of a fusion the mean over its encoders. */
  readonly accuracies: ReadonlyMap<number, number>;
}

/** The pretext accuracies of the conditions whose pretrainings stand in the store; only contrastive ones have some. */
export function pretextCells(
  plan: Plan,
  origins: ReadonlyMap<string, Origin>,
): readonly PretextCell[] {
  const cells = new Map<string, { subject: Subject; accuracies: Map<number, number> }>();
  for (const { condition, encoders } of plan.conditions) {
    const ends = encoders.map((key) => {
      const manifest = origins.get(key)?.manifest;
      return manifest?.kind === "pretrain" ? manifest.info.heldOutAccuracy : null;
    }).filter((end) => end !== null);
    if (ends.length < encoders.length) continue;
    const name = `${condition.experiment}\n${condition.name}`;
    const cell = cells.get(name) ??
      { subject: subjectOf(condition, "finest", null), accuracies: new Map() };
    cells.set(name, cell);
    cell.accuracies.set(condition.seed, meanOf(ends));
  }
  return [...cells.values()];
}
