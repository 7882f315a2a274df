import { chart } from "@/lib/report/chart.ts";
import { count, listing, percent, plural, slug } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { table } from "@/lib/report/table.ts";
import type { Curve } from "@/lib/results/mod.ts";

/** The loss of each pretraining by epoch, one small chart for what was trained on what, a line for each seed. */
export async function curveFigures(
  id: string,
  { curves, methodName }: {
    readonly curves: readonly Curve[];
    readonly methodName: (method: string) => string;
  },
): Promise<Html> {
  const byMethod = Map.groupBy(curves, (curve) => curve.method);
  const groups = [...byMethod].map(async ([method, some]) => {
    const highest = Math.max(...some.flatMap(({ epochs }) => epochs.map(({ loss }) => loss)));
    const panels = [...Map.groupBy(some, (curve) => curve.images)].map(([images, lines]) =>
      panel(lines, {
        id: `${id}-loss-${method}-${slug(images)}`,
        highest,
        title: `${methodName(method)} on ${images}`,
      })
    );
    return markup`<div class="small-multiples">${await Promise.all(panels)}</div>
`;
  });
  return markup`${await Promise.all(groups)}
<details><summary>Where each training ended</summary>
${endsTable(curves, methodName)}</details>
`;
}

/** What the last epoch of each training tells of its health; a collapse would show as an effective rank near 1. */
function endsTable(curves: readonly Curve[], methodName: (method: string) => string): Html {
  return table({
    label: "Where each training ended",
    columns: [
      { title: "Training" },
      { title: "Seed", number: true },
      { title: "Loss", number: true },
      { title: markup`Its own task<small>top-1, %</small>`, number: true },
      { title: "Feature norm", number: true },
      { title: "Effective rank", number: true },
      { title: "Views/s", number: true },
      { title: markup`Memory<small>MB</small>`, number: true },
    ],
    rows: curves.map(({ method, images, seed, epochs }) => {
      const end = epochs.at(-1)!;
      return {
        header: `${methodName(method)} on ${images}`,
        cells: [
          String(seed),
          end.loss.toFixed(2),
          percent(end.accuracy),
          end.featureNorm.toFixed(1),
          end.effectiveRank.toFixed(1),
          count(Math.round(end.viewsPerSecond)),
          count(Math.round(end.peakMemory / 1e6)),
        ].map((content) => ({ content, classes: "number" })),
      };
    }),
    caption:
      "Means over the last epoch. Its own task: the share of views whose partner, or of images whose label, is told. Norm and " +
      "effective rank are those of the encoder’s features in the last batch; features that collapse have a rank near 1.",
  });
}

async function panel(
  curves: readonly Curve[],
  { id, highest, title }: { readonly id: string; readonly highest: number; readonly title: string },
): Promise<Html> {
  const values = curves.flatMap(({ seed, epochs }) =>
    epochs.map(({ epoch, loss }) => ({ seed, epoch, loss }))
  );
  const ends = listing(curves.map(({ epochs }) => epochs.at(-1)!.loss.toFixed(2)));
  const epochs = Math.max(...values.map(({ epoch }) => epoch));
  const drawn = await chart({
    width: 170,
    height: 90,
    data: { values },
    mark: { type: "line", strokeWidth: 1.5, opacity: 0.85, color: "currentColor", clip: false },
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        title: "epoch",
        scale: { domain: [Math.min(1, epochs), Math.max(2, epochs)], nice: false, zero: false },
        axis: { grid: false, tickCount: 4, format: "d" },
      },
      y: {
        field: "loss",
        type: "quantitative",
        title: "loss",
        scale: { domain: [0, highest] },
        axis: { tickCount: 3 },
      },
      detail: { field: "seed", type: "nominal" },
    },
  }, {
    id,
    label: `${title}: loss over ${plural(epochs, "epoch")}, ${plural(curves.length, "seed")}`,
  });
  return markup`<figure>${drawn}<figcaption><strong>${title}</strong><br>ends at ${ends}</figcaption></figure>
`;
}
