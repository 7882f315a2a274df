import { methods } from "@/experiments/methods.ts";
import { accuracyRows, listing, markup } from "@/lib/report/mod.ts";
import type { ExperimentResults } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { type CurveSpec, labelFigure } from "@/reports/label_curves.ts";
import { fromScratch, inOrder, methodLook, methodName } from "@/reports/names.ts";

/** The label curves of self-supervised methods on species. */
export const methodsReport: ExperimentReport = {
  id: methods.id,
  figures: (results) => {
    const asked = methodsOf(results);
    const further = asked.filter((method) => beyond.has(method));
    return [labelFigure(results, {
      id: `${methods.id}-by-labels`,
      title: "Accuracy by number of labels, 1M pretraining images",
      ...further.length > 0 && {
        intro: markup`<p>Beyond the paper: ${
          listing(further.map(methodName))
        }. No claim concerns them, and they are not tuned.</p>
`,
      },
      panels: [{ title: "species (iNat21), linear probe", curves: curvesOf(asked) }],
    })];
  },
};

const beyond: ReadonlySet<string> = new Set(
  methods.beyond.flatMap(({ representation }) =>
    representation.kind === "encoder" ? [representation.method] : []
  ),
);

/** The methods that are asked about, in the order in which reports have them. */
function methodsOf(results: ExperimentResults): readonly string[] {
  return inOrder(new Set(accuracyRows(results).map(({ subject }) => subject.method)));
}

/** A line for each method, and one for a network that none has trained. */
function curvesOf(asked: readonly string[]): readonly CurveSpec[] {
  return [
    ...asked.map((method): CurveSpec => ({
      ...methodLook(method),
      includes: ({ subject }) => subject.method === method && subject.probe === "linear",
    })),
    { ...fromScratch, includes: ({ subject }) => subject.probe === "scratch" },
  ];
}
