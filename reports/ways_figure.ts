import {
  dots,
  type Figure,
  figure,
  fold,
  type Html,
  markup,
  percent,
  percentRange,
  plural,
  pointOf,
  table,
} from "@/lib/report/mod.ts";
import { ends } from "@/reports/advice_words.ts";
import type { Way } from "@/reports/ways.ts";

// More lines than that nobody compares.
const mostDrawn = 12;

const colour = "#1a5aa8";

/** Everything that was tried with all labels, the most accurate first. */
export function waysFigure(ways: readonly Way[]): Figure {
  const series = [{ name: "accuracy", colour }];
  const left = ways.length - mostDrawn;
  return figure({
    id: "advice-ways",
    title: "Everything that was tried, with all labels",
    rows: ways,
    line: ({ name, estimate: { value, interval: { low, high } }, behind }) => ({
      way: name,
      ...{ top1: value, low, high },
      behind: behind?.value ?? null,
      behind_low: behind?.interval.low ?? null,
      behind_high: behind?.interval.high ?? null,
    }),
    encoding: (all) => ({
      layout: "alone",
      groups: [[{
        id: "advice-ways-chart",
        label:
          "Accuracy of everything that was tried with all labels; the numbers are in the table below",
        caption: `On clean test images${
          left > 0 ? `; the best ${mostDrawn} of ${all.length}` : ""
        }. Lines are 95 % intervals.`,
        spec: dots(
          all.slice(0, mostDrawn).map(({ name, estimate }) =>
            pointOf({ series: series[0]!.name, at: name }, estimate)
          ),
          { series, across: "top-1, %", down: "way", width: 420 },
        ),
      }]],
    }),
    tables: (all) =>
      fold(
        `${plural(all.length, "way")} from images to classes`,
        table({
          label: "Everything that was tried with all labels",
          columns: [
            { title: "Way" },
            { title: "Top-1, %", number: true },
            { title: "Behind the first, points", number: true },
          ],
          rows: all.map(({ name, estimate, behind }) => ({
            header: name,
            cells: [
              withInterval(percent(estimate.value), percentRange(estimate.interval)),
              behind === undefined
                ? "–"
                : withInterval(percent(behind.value), ends(behind.interval)),
            ],
          })),
          caption:
            "Mean over seeds with 95 % intervals; those of what is behind are wider, since luck may have helped the first.",
        }),
      ),
  });
}

function withInterval(value: string, interval: string): Html {
  return markup`<span class="value">${value}</span> <span class="interval">${interval}</span>`;
}
