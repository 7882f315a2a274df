import { chart } from "@/lib/report/chart.ts";
import type { CsvLine } from "@/lib/report/csv_link.ts";
import { count, listing, percent, plural, slug } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { table } from "@/lib/report/table.ts";
import type { Curve, Epoch } from "@/lib/results/mod.ts";

// More points than these a line of a small chart does not show.
const drawn = 40;

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
${endsTable(curves, methodName)}`;
}

/** The losses that the charts show: a line for each training, a column for each epoch. */
export function curveLines(
  curves: readonly Curve[],
  methodName: (method: string) => string,
): readonly CsvLine[] {
  const shown = curves.map((curve) => ({ curve, epochs: thinned(curve.epochs) }));
  const columns = [...new Set(shown.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)))]
    .toSorted((a, b) => a - b);
  return shown.map(({ curve: { method, images, seed }, epochs }) => {
    const losses = new Map(epochs.map(({ epoch, loss }) => [epoch, loss]));
    return {
      training: `${methodName(method)} on ${images}`,
      seed,
      ...Object.fromEntries(
        columns.map((epoch) => [`epoch ${epoch}`, rounded(losses.get(epoch) ?? null)]),
      ),
    };
  });
}

/** So many epochs at most, evenly apart, with the first and the last. */
function thinned(epochs: readonly Epoch[], most = drawn): readonly Epoch[] {
  if (epochs.length <= most) return epochs;
  return Array.from(
    { length: most },
    (_, i) => epochs[Math.round(i * (epochs.length - 1) / (most - 1))]!,
  );
}

function rounded<T extends number | null>(loss: T): T {
  return (loss === null ? null : Number(loss.toPrecision(4))) as T;
}

// Where along a training the table gives its loss, beside the end.
const parts = [["first epoch", 0], ["quarter", 0.25], ["half", 0.5], [
  "three quarters",
  0.75,
]] as const;

/** How each loss fell, and what the last epoch tells of a training's health; a collapse would show as an effective rank near 1. */
function endsTable(curves: readonly Curve[], methodName: (method: string) => string): Html {
  return table({
    label: "The course of each training and where it ended",
    columns: [
      { title: "Training" },
      { title: "Seed", number: true },
      ...parts.map(([name]) => ({ title: markup`Loss<small>${name}</small>`, number: true })),
      { title: markup`Loss<small>end</small>`, number: true },
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
          ...parts.map(([, share]) =>
            epochs[Math.round(share * (epochs.length - 1))]!.loss.toFixed(2)
          ),
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
      "Means over an epoch: of losses the first, those a quarter, half and three quarters through, and the last; all else is of the last. Its own task: the share of views whose partner, or of images whose label, is told. Norm and " +
      "effective rank are those of the encoder’s features in the last batch; features that collapse have a rank near 1.",
  });
}

async function panel(
  curves: readonly Curve[],
  { id, highest, title }: { readonly id: string; readonly highest: number; readonly title: string },
): Promise<Html> {
  const values = curves.flatMap(({ seed, epochs }) =>
    thinned(epochs).map(({ epoch, loss }) => ({ seed, epoch, loss: rounded(loss) }))
  );
  const ends = listing(curves.map(({ epochs }) => epochs.at(-1)!.loss.toFixed(2)));
  const epochs = Math.max(...values.map(({ epoch }) => epoch));
  const picture = await chart({
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
  return markup`<figure>${picture}<figcaption><strong>${title}</strong><br>ends at ${ends}</figcaption></figure>
`;
}
