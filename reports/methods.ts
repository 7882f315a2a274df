import { methods } from "@/experiments/methods.ts";
import { accuracyRows } from "@/lib/report/mod.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { type CurveSpec, labelFigure } from "@/reports/label_curves.ts";
import { fromScratch, inOrder, methodLook } from "@/reports/names.ts";

/** The label curves of self-supervised methods on species. */
export const methodsReport: ExperimentReport = {
  id: methods.id,
  figures: (results) => [labelFigure(results, {
    id: `${methods.id}-by-labels`,
    title: "Accuracy by labels, 1M pretraining images",
    panels: [{ title: "species (iNat21), linear probe", curves: curvesOf(results) }],
  })],
};

/** A line for each method that is asked about, and one for a network that none has trained. */
function curvesOf(results: ExperimentResults): readonly CurveSpec[] {
  const asked = new Set(accuracyRows(results).map(({ subject }) => subject.method));
  return [
    ...inOrder(asked).map((method): CurveSpec => ({
      ...methodLook(method),
      includes: ({ subject }) => subject.method === method && subject.probe === "linear",
    })),
    { ...fromScratch, includes: ({ subject }) => subject.probe === "scratch" },
  ];
}
