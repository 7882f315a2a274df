import { methods } from "@/experiments/methods.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { type CurveSpec, labelFigure } from "@/reports/label_curves.ts";
import { inOrder, methodColour, methodName } from "@/reports/names.ts";

/** The lines of all methods that the experiment probes, and that of training from scratch. */
function curvesOf({ cells, absent }: ExperimentResults): readonly CurveSpec[] {
  const subjects = [...cells.map(({ subject }) => subject), ...absent];
  return [
    ...inOrder(new Set(subjects.map(({ method }) => method))).map((method): CurveSpec => ({
      name: methodName(method),
      colour: methodColour(method),
      includes: ({ subject }) => subject.method === method && subject.probe === "linear",
    })),
    {
      name: "from scratch",
      colour: "currentColor",
      dashed: true,
      includes: ({ subject }) => subject.probe === "scratch",
    },
  ];
}

/** The label curves of self-supervised methods on species. */
export const methodsReport: ExperimentReport = {
  id: methods.id,
  figures: (results) =>
    labelFigure(results, {
      id: `${methods.id}-by-labels`,
      title: "Accuracy by labels, 1M pretraining images",
      panels: [{ title: "species (iNat21), linear probe", curves: curvesOf(results) }],
    }),
};
