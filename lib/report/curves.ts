import { plural } from "@/lib/base/plural.ts";
import type { CsvLine } from "@/lib/report/csv_link.ts";
import { type Figure, figure, type Panel } from "@/lib/report/figure.ts";
import { count, listing, percent, slug } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { table } from "@/lib/report/table.ts";
import type { Curve, DerivedNumber, Epoch, Experiment } from "@/lib/results/mod.ts";

// More points than these a line of a small chart does not show.
const drawn = 40;

/** A training: its name and seed, its course as it is drawn, and what is told of its whole course. */
interface Training extends Curve {
  readonly name: string;
  readonly shown: readonly { readonly epoch: number; readonly loss: number }[];
}

/** The loss of each pretraining by epoch, one small chart for what was trained on what, a line for each seed. */
export function curveFigure(
  { experiment: { id }, curves }: {
    readonly experiment: Pick<Experiment, "id">;
    readonly curves: readonly Curve[];
  },
  methodName: (method: string) => string,
): Figure {
  const rows = curves.map((curve): Training => ({
    ...curve,
    name: `${methodName(curve.method)} on ${curve.images}`,
    shown: thinned(curve.epochs)
      .map(({ epoch, loss }) => ({ epoch, loss: Number(loss.toPrecision(4)) })),
  }));
  const epochs = [...new Set(rows.flatMap(({ shown }) => shown.map(({ epoch }) => epoch)))]
    .toSorted((a, b) => a - b);
  return figure({
    id: `${id}-training`,
    title: "Training curves",
    rows,
    line: (row) => lineOf(row, epochs),
    numbers: endOf,
    intro:
      markup`<p>Loss by epoch, one line per seed. Losses of different methods are not comparable; all charts of a method share
an axis.</p>
`,
    encoding: (rows) => ({
      layout: "small-multiples",
      groups: [...Map.groupBy(rows, ({ method }) => method).values()].map((some) => {
        const highest = Math.max(...some.flatMap(({ epochs }) => epochs.map(({ loss }) => loss)));
        return [...Map.groupBy(some, ({ name }) => name).values()].map((lines) =>
          panel(lines, { id, highest })
        );
      }),
    }),
    tables: endsTable,
    folded: plural(rows.length, "training run"),
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

/** The losses that the charts show: a column for each epoch that some training has. */
function lineOf({ name, seed, shown }: Training, epochs: readonly number[]): CsvLine {
  const losses = new Map(shown.map(({ epoch, loss }) => [epoch, loss]));
  return {
    training: name,
    seed,
    ...Object.fromEntries(epochs.map((epoch) => [`epoch ${epoch}`, losses.get(epoch) ?? null])),
  };
}

function endOf({ key, method, images, seed, epochs }: Training): readonly DerivedNumber[] {
  return (["loss", "accuracy", "featureNorm", "effectiveRank"] as const).map((name) => ({
    figure: "end of training",
    what: `${name}, ${method} on ${images}, seed ${seed}`,
    value: epochs.at(-1)![name],
    step: key,
  }));
}

// Where along a training the table gives its loss, beside the end.
const parts = [["first epoch", 0], ["quarter", 0.25], ["half", 0.5], [
  "three quarters",
  0.75,
]] as const;

/** How each loss fell, and what the last epoch tells of a training's health; a collapse would show as an effective rank near 1. */
function endsTable(trainings: readonly Training[]): Html {
  return table({
    label: "The course of each training and where it ended",
    classes: "sticky",
    columns: [
      { title: "Training" },
      { title: "Seed", number: true },
      ...parts.map(([name]) => ({ title: markup`Loss<small>${name}</small>`, number: true })),
      { title: markup`Loss<small>end</small>`, number: true },
      { title: markup`Own task<small>top-1, %</small>`, number: true },
      { title: "Feature norm", number: true },
      { title: "Effective rank", number: true },
      { title: "Views/s", number: true },
      { title: markup`Memory<small>MB</small>`, number: true },
    ],
    rows: trainings.map(({ name, seed, epochs }) => {
      const end = epochs.at(-1)!;
      return {
        header: name,
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
        ],
      };
    }),
    caption:
      "Means over an epoch: the loss in the first, a quarter, half and three quarters of the way through, and in the last; all " +
      "else in the last. Own task: the share of views matched to their partner, or of images given their label. Norm and " +
      "effective rank are those of the encoder’s features in the last batch; collapsed features have a rank near 1.",
  });
}

function panel(
  trainings: readonly Training[],
  { id, highest }: { readonly id: string; readonly highest: number },
): Panel {
  const { name, method, images } = trainings[0]!;
  const values = trainings.flatMap(({ seed, shown }) => shown.map((one) => ({ seed, ...one })));
  const ends = listing(trainings.map(({ epochs }) => epochs.at(-1)!.loss.toFixed(2)));
  const epochs = Math.max(...values.map(({ epoch }) => epoch));
  return {
    id: `${id}-loss-${method}-${slug(images)}`,
    label: `${name}: loss over ${plural(epochs, "epoch")}, ${plural(trainings.length, "seed")}`,
    caption: markup`<strong>${name}</strong><br>ends at ${ends}`,
    spec: {
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
    },
  };
}
