import { methods } from "@/experiments/methods.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { type CurveSpec, labelFigure } from "@/reports/label_curves.ts";
import { methodName } from "@/reports/names.ts";

const colours = {
  simclr: "#3b6fd4",
  moco: "#2fa98c",
  byol: "#d4662f",
  supervised: "#a05fc0",
  none: "#8a8f98",
} as const;

const curves: readonly CurveSpec[] = [
  ...Object.entries(colours).map(([method, colour]): CurveSpec => ({
    name: methodName(method),
    colour,
    includes: ({ subject }) => subject.method === method && subject.probe === "linear",
  })),
  {
    name: "from scratch",
    colour: "currentColor",
    dashed: true,
    includes: ({ subject }) => subject.probe === "scratch",
  },
];

/** The label curves of self-supervised methods on species. */
export const methodsReport: ExperimentReport = {
  id: methods.id,
  figures: (results) =>
    labelFigure(results, {
      id: `${methods.id}-by-labels`,
      title: "Accuracy by labels, 1M pretraining images",
      panels: [{ title: "species (iNat21), linear probe", curves }],
    }),
};
