import { dataQuantity } from "@/experiments/data_quantity.ts";
import { figureRoles, pretrainingSizes } from "@/experiments/paper/figure_2.ts";
import { markup } from "@/lib/report/mod.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { labelFigure, type PanelSpec } from "@/reports/label_curves.ts";
import { paperName } from "@/reports/names.ts";

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
  figures: async (results) => {
    const linear = await labelFigure(results, {
      id: `${dataQuantity.id}-fig-2a`,
      title: "Fig 2a: a linear probe on frozen features",
      panels: panels("linear"),
    });
    const finetune = await labelFigure(results, {
      id: `${dataQuantity.id}-fig-2b`,
      title: "Fig 2b: all layers trained further",
      panels: panels("finetune"),
    });
    return markup`${linear}${finetune}`;
  },
};

function panels(kind: "linear" | "finetune"): readonly PanelSpec[] {
  return figureRoles.map((role) => ({
    title: `${role} (${paperName(role)}), ${kind === "linear" ? "linear probe" : "fine-tuned"}`,
    curves: [
      ...pretrainingSizes.map((size) => ({
        name: `SimCLR on ${size}`,
        colour: colours[size],
        includes: ({ subject: { method, sizes, probe, on } }: ResultCell) =>
          method === "simclr" && sizes[0] === size && probe === kind && on === role,
      })),
      ...kind === "finetune" ? [] : [{
        name: "untrained",
        colour: "#8a8f98",
        includes: ({ subject: { method, probe, on } }: ResultCell) =>
          method === "none" && probe === "linear" && on === role,
      }],
      {
        name: "from scratch",
        colour: "currentColor",
        dashed: true,
        includes: ({ subject: { probe, on } }: ResultCell) => probe === "scratch" && on === role,
      },
    ],
  }));
}

type ResultCell = ExperimentResults["cells"][number];
