import { dataQuantity } from "@/experiments/data_quantity.ts";
import { figureRoles, pretrainingSizes } from "@/experiments/paper/figure_2.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { type CurveSpec, labelFigure, type PanelSpec } from "@/reports/label_curves.ts";
import { fromScratch, methodLook, paperName } from "@/reports/names.ts";

// From few images to many, a scale that reads on light and on dark grounds and without red and green.
const colours = {
  "1M": "#3b6fd4",
  "500k": "#2e9bc4",
  "250k": "#2fa98c",
  "125k": "#c79a1e",
  "50k": "#d4662f",
} as const satisfies Record<(typeof pretrainingSizes)[number], string>;

/** Fig 2: accuracy by labels, a line for each number of pretraining images. */
export const dataQuantityReport: ExperimentReport = {
  id: dataQuantity.id,
  figures: (results) => [
    labelFigure(results, {
      id: `${dataQuantity.id}-fig-2a`,
      title: "Fig 2a: linear probe on frozen features",
      panels: panels("linear"),
    }),
    labelFigure(results, {
      id: `${dataQuantity.id}-fig-2b`,
      title: "Fig 2b: all layers fine-tuned",
      panels: panels("finetune"),
    }),
  ],
};

function panels(kind: "linear" | "finetune"): readonly PanelSpec[] {
  return figureRoles.map((role) => ({
    title: `${role} (${paperName(role)}), ${kind === "linear" ? "linear probe" : "fine-tuned"}`,
    curves: [
      ...pretrainingSizes.map((size): CurveSpec => ({
        name: `SimCLR on ${size}`,
        colour: colours[size],
        includes: ({ subject: { method, sizes, probe, on } }) =>
          method === "simclr" && sizes[0] === size && probe === kind && on === role,
      })),
      ...kind === "finetune" ? [] : [
        {
          ...methodLook("none"),
          includes: ({ subject: { method, probe, on } }) =>
            method === "none" && probe === "linear" && on === role,
        } satisfies CurveSpec,
      ],
      {
        ...fromScratch,
        includes: ({ subject: { probe, on } }) => probe === "scratch" && on === role,
      },
    ],
  }));
}
