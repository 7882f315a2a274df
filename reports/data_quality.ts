import { dataQuality } from "@/experiments/data_quality.ts";
import { corruptionDecreases } from "@/experiments/paper/figure_4.ts";
import {
  chart,
  count,
  exhibit,
  type Html,
  markup,
  points,
  pointsRange,
  table,
} from "@/lib/report/mod.ts";
import {
  clean,
  type Corruption,
  estimateDifference,
  type ExperimentResults,
  type Interval,
  matches,
} from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { conditionTable } from "@/reports/generic.ts";
import { corruptionTitle, methodColour, methodName } from "@/reports/names.ts";

const methods = ["simclr", "supervised"] as const;

/** What a corruption costs a method. */
interface Decrease {
  readonly method: (typeof methods)[number];
  readonly corruption: string;
  readonly ours?: { readonly value: number; readonly interval: Interval };
  readonly paper: number;
}

/** Fig 4: the decrease of accuracy by what was done to the pretraining images. */
export const dataQualityReport: ExperimentReport = {
  id: dataQuality.id,
  derived: (results) =>
    decreasesOf(results).flatMap(({ method, corruption, ours }) =>
      ours === undefined ? [] : [{
        figure: "Decrease of accuracy",
        what: `${methodName(method)}, ${corruption}`,
        value: ours.value,
        ...ours.interval,
      }]
    ),
  figures: async (results) => {
    const decreases = decreasesOf(results);
    const { id } = results.experiment;
    const ours = decreases.flatMap(({ ours, ...one }) =>
      ours === undefined ? [] : [{
        ...one,
        value: 100 * ours.value,
        low: 100 * ours.interval.low,
        high: 100 * ours.interval.high,
      }]
    );
    const papers = decreases.map(({ paper, ...one }) => ({
      ...one,
      value: 100 * paper,
      low: 100 * paper,
      high: 100 * paper,
    }));
    return exhibit({
      id: `${id}-fig-4`,
      title: "Decrease of accuracy against pretraining on clean images",
      data: decreases.map(({ method, corruption, ours, paper }) => ({
        method,
        corruption,
        decrease: ours?.value ?? null,
        low: ours?.interval.low ?? null,
        high: ours?.interval.high ?? null,
        paper,
      })),
      content: markup`${key}<div class="pair">${[
        await panel(ours, { id: `${id}-ours`, who: "Ours" }),
        await panel(papers, { id: `${id}-paper`, who: "The paper’s" }),
      ]}</div>
<details><summary>All numbers as a table, with their intervals</summary>${
        decreaseTable(decreases)
      }</details>
<details><summary>The accuracies behind them</summary>${conditionTable(results)}</details>`,
    });
  },
};

const key = markup`<ul class="key lines">${
  methods.map((method) =>
    markup`<li><span class="swatch" style="color: ${
      methodColour(method)
    }" aria-hidden="true"></span>${methodName(method)}</li>`
  )
}</ul>
`;

/** Paired image by image: clean minus corrupted. */
function decreasesOf(results: ExperimentResults): readonly Decrease[] {
  return corruptionDecreases.flatMap(([corruption, paper]) =>
    methods.map((method): Decrease => {
      const ours = decrease(results, { method, corruption });
      const one = { method, corruption: corruptionTitle(corruption), paper: paper[method] };
      return ours === undefined ? one : { ...one, ours };
    })
  );
}

function decrease(
  { cells, noise }: ExperimentResults,
  { method, corruption }: {
    readonly method: (typeof methods)[number];
    readonly corruption: Corruption;
  },
): Decrease["ours"] {
  const [left, right] = [clean(), corruption].map((one) =>
    cells.find(({ subject }) => matches({ method, corruption: one }, subject))
  );
  return left && right && estimateDifference(left, right, noise);
}

async function panel(
  values: readonly {
    readonly method: string;
    readonly corruption: string;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[],
  { id, who }: { readonly id: string; readonly who: string },
): Promise<Html | null> {
  if (values.length === 0) return null;
  const y = {
    field: "corruption",
    type: "nominal" as const,
    sort: corruptionDecreases.map(([corruption]) => corruptionTitle(corruption)),
    title: null,
    axis: { labelLimit: 400, grid: false },
  };
  const yOffset = { field: "method", type: "nominal" as const, sort: [...methods] };
  const color = {
    field: "method",
    type: "nominal" as const,
    scale: { domain: [...methods], range: methods.map(methodColour) },
    legend: null,
  };
  const drawn = await chart({
    width: 220,
    height: { step: 15 },
    data: { values: [...values] },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 2, opacity: 0.5 },
        encoding: {
          y,
          yOffset,
          x: { field: "low", type: "quantitative", title: "decrease, points" },
          x2: { field: "high" },
          color,
        },
      },
      {
        mark: { type: "point", filled: true, size: 50, opacity: 1 },
        encoding: { y, yOffset, x: { field: "value", type: "quantitative" }, color },
      },
    ],
  }, {
    id,
    label: `${who}: decrease of accuracy for ${
      count(corruptionDecreases.length)
    } corruptions, SimCLR and supervised; the numbers are in the table below`,
  });
  return markup`<figure>${drawn}<figcaption><strong>${who}</strong></figcaption></figure>
`;
}

function decreaseTable(decreases: readonly Decrease[]): Html {
  const rows = [...Map.groupBy(decreases, ({ corruption }) => corruption)];
  return table({
    label: "Decrease of accuracy by corruption",
    columns: [
      { title: "Pretraining images" },
      ...methods.map((method) => ({
        title: markup`${methodName(method)}<small>decrease, points</small>`,
        number: true,
      })),
    ],
    rows: rows.map(([header, some]) => ({
      header,
      cells: methods.map((method) => {
        const { ours, paper } = some.find((one) => one.method === method)!;
        const own = ours === undefined
          ? "not measured"
          : markup`${points(ours.value)}<br><small>${pointsRange(ours.interval)}</small>`;
        return {
          content: markup`${own}<span class="paper">paper ${points(paper)}</span>`,
          classes: "number",
        };
      }),
    })),
    caption:
      "Accuracy after pretraining on clean images minus that after pretraining on corrupted ones, both judged on clean " +
      "images. Small: 95 % interval, paired image by image.",
  });
}
