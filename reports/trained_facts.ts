import { type Estimate, type EstimatedCell, estimateDifference } from "@/lib/results/mod.ts";
import { alone, type Answer, encoderName, isSame, labelsOf } from "@/reports/answer_cells.ts";

/** A difference at a number of labels. */
interface GainAt {
  readonly labels: number;
  readonly gain: Estimate;
}

/** What is known of networks of which all layers were trained on labels; what was not measured is absent. */
export interface TrainedFacts {
  /** What the first of the ranking gives over a network trained from scratch, with the fewest labels and with all. */
  readonly scratch?: readonly GainAt[];
  /** What fine-tuning the best that was fine-tuned gives over its linear classifier, with all labels. */
  readonly finetuned?: { readonly name: string; readonly gain: Estimate };
  /** What fine-tuning the encoder pretrained on the most own images gives over a network trained from scratch. */
  readonly tunedOwn?: { readonly name: string; readonly gains: readonly GainAt[] };
}

/**
 * Compares networks that were trained on labels with encoders as they are, and with each other.
 *
 * @param largest That pretrained on the most own images, if any was.
 */
export function trainedFacts(
  { ranked, byLabels, results: { cells, noise } }: Answer,
  largest: EstimatedCell | undefined,
): TrainedFacts {
  const trained = alone(cells).toSorted((a, b) => labelsOf(a) - labelsOf(b));
  const by = (probe: string) => trained.filter(({ subject }) => subject.probe === probe);
  const scratch = by("scratch");
  const overScratch = (some: readonly EstimatedCell[], options = {}) =>
    some.flatMap((cell) =>
      scratch.filter(({ subject }) => subject.labels === cell.subject.labels).flatMap((other) => {
        const gain = estimateDifference(cell, other, noise, options);
        return gain === undefined ? [] : [{ labels: labelsOf(cell), gain }];
      })
    );
  const frozen = overScratch(byLabels, { leftOf: ranked.length });
  const tunedOwn = largest === undefined
    ? []
    // With those before they answer one question.
    : overScratch(by("finetune").filter((cell) => isSame(cell, largest)), {
      comparisons: 2 * scratch.length,
    });
  const all = by("finetune").filter(({ subject }) => subject.labels === "all")
    .toSorted((a, b) => b.estimate.value - a.estimate.value);
  const [best] = all;
  const asItIs = best && ranked.find((cell) => isSame(cell, best));
  const gain = best && asItIs && estimateDifference(best, asItIs, noise, { leftOf: all.length });
  return {
    ...frozen.length > 0 && { scratch: frozen },
    ...best && gain && { finetuned: { name: encoderName(best), gain } },
    ...largest && tunedOwn.length > 0 && {
      tunedOwn: { name: encoderName(largest), gains: tunedOwn },
    },
  };
}
