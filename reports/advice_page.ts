import {
  accuracyCell,
  count,
  type Figure,
  figure,
  fold,
  type Html,
  lines,
  markup,
  percent,
  percentRange,
  pivotTable,
  pointOf,
  type Series,
  table,
} from "@/lib/report/mod.ts";
import { type Estimate, type EstimatedCell, isFloorName } from "@/lib/results/mod.ts";
import { type Advice, adviceOf } from "@/reports/advice.ts";
import { isJudged } from "@/reports/advice_bounds.ts";
import { type AdviceFacts, adviceFacts } from "@/reports/advice_facts.ts";
import {
  type Answer,
  answerOf,
  type AskedStudy,
  encoderKey,
  encoderName,
} from "@/reports/answer_cells.ts";
import { waysFigure } from "@/reports/ways_figure.ts";

/** The advice, which a page opens with that answers a user's own question. */
export function adviceBlock(study: AskedStudy): Html {
  const { question: { leftOut }, scale, seeds } = study;
  const facts = adviceFacts(study);
  return markup`<div class="answer advice" role="region" aria-labelledby="answer-title">
<h2 id="answer-title">The advice</h2>
<dl>${
    adviceOf(facts).map(({ about, text, command }: Advice) =>
      markup`<div><dt>${about}</dt><dd>${text}${
        command !== undefined && markup` <code>${command}</code>`
      }</dd></div>
`
    )
  }</dl>
${
    leftOut.length > 0 &&
    markup`<p>Not asked, for want of time: ${leftOut.join("; ")}.</p>
`
  }<p class="muted">${
    scale.name === "smoke" &&
    "The scale smoke only tests that everything runs: its numbers mean nothing. "
  }At the scale ${scale.name} all but encoders from outside see images of ${scale.pixels} px. In brackets are 95 % intervals. They cover the choice of test images${
    seeds > 1 && " and what chance decides in training"
  }, but not which images you happened to label. ${
    isJudged(facts) &&
    "They are wider where the first of several is compared, which luck may have helped. “Cannot be told” means that 0 lies within. The claims below were written down before the run, and their verdicts are corrected for their number."
  }</p>
</div>
`;
}

/** The numbers behind the advice. */
export function adviceFigures(study: AskedStudy): readonly Figure[] {
  const facts = adviceFacts(study), answer = answerOf(study);
  return [waysFigure(facts.ways), labelsFigure(answer), ...classesFigure(facts, answer)];
}

/** Every encoder by the number of labels, and what is expected beyond. */
function labelsFigure({ results, ranked, byLabels, curve }: Answer): Figure {
  const names = new Map(ranked.map((cell) => [encoderKey(cell), encoderName(cell)]));
  const rank = [...names.keys()];
  const bestDescription = ranked.find(({ subject }) => isFloorName(subject.method));
  const drawn = new Set(
    [...ranked.slice(0, mostDrawn), ...bestDescription === undefined ? [] : [bestDescription]]
      .map(encoderName),
  );
  const shown = results.cells.filter(({ subject: { probe, seen, level, others } }) =>
    probe === "linear" && seen === "clean" && level === "finest" && others.length === 0
  );
  const place = (cell: EstimatedCell) => rank.indexOf(encoderKey(cell));
  const rows: readonly LabelRow[] = [
    ...shown.toSorted((a, b) => place(a) - place(b)).map((cell) => ({
      name: names.get(encoderKey(cell)) ?? encoderName(cell),
      labels: cell.rows[0]!.labels,
      estimate: cell.estimate,
      cell,
    })),
    ...curve === undefined ? [] : [1, 2, 5, 10].map((times) => ({
      name: extrapolated,
      labels: times * curve.most,
      estimate: curve.at(times * curve.most),
    })),
  ];
  const series: readonly Series[] = [
    ...[...drawn].map((name, i) => ({ name, colour: colours[i]! })),
    { name: extrapolated, colour: "currentColor", dashed: true },
  ];
  return figure({
    id: "advice-labels",
    title: `Accuracy by the number of labels${
      curve === undefined ? "" : ", and what more would give"
    }`,
    rows,
    line: ({ name, labels, estimate: { value, interval } }) => ({
      encoder: name,
      labels,
      top1: value,
      low: interval.low,
      high: interval.high,
    }),
    numbers: ({ name, labels, estimate: { value, interval }, cell }) =>
      cell !== undefined ? [] : [{
        figure: "Accuracy by the number of labels",
        what: `${name}, ${labels} labels`,
        value,
        ...interval,
        cells: byLabels,
      }],
    encoding: (all) => ({
      series: series.filter(({ name }) => all.some((row) => row.name === name)),
      layout: "alone",
      groups: [[{
        id: "advice-labels-chart",
        label:
          "Accuracy by the number of labelled images for each encoder; the numbers are in the table below",
        caption: `Linear classifiers on frozen features, on clean test images${
          drawn.size < names.size
            ? "; the best encoders, and the best simple description. The table has all"
            : ""
        }.${
          curve === undefined
            ? ""
            : ` Dashed: expected beyond ${
              count(curve.most)
            } labels, from curves fitted to the first encoder; an extrapolation.`
        }`,
        spec: lines(
          all.filter(({ name }) => drawn.has(name) || name === extrapolated)
            .map(({ name, labels, estimate }) => pointOf({ series: name, at: labels }, estimate)),
          { series, across: "labelled images", up: "top-1, %", width: 420 },
        ),
      }]],
    }),
    tables: (all) =>
      pivotTable(all.toSorted((a, b) => a.labels - b.labels), {
        label: "Accuracy by encoder and labels",
        classes: "sticky",
        corner: "Encoder",
        lineOf: ({ name }) => name,
        columnOf: ({ labels }) => `${labels}`,
        title: (labels) => count(Number(labels)),
        cell: (row) =>
          row?.cell !== undefined ? accuracyCell({ cell: row.cell, paper: undefined }) : {
            classes: "",
            content: row === undefined ? "–" : [
              markup`<span class="value">${percent(row.estimate.value)}</span>`,
              markup`<span class="interval">${percentRange(row.estimate.interval)}</span>`,
            ],
          },
        caption:
          `Top-1 accuracy in percent by labelled images, mean over seeds, with 95 % intervals.${
            curve === undefined
              ? ""
              : " What is expected is the mean of three fitted shapes (accuracy grows with the logarithm of the labels; mistakes fall as a power of them; accuracy levels off as its last three points say), and its interval spans all three."
          }`,
      }),
  });
}

const extrapolated = "expected of the first";

// Of more lines none can be followed.
const mostDrawn = 5;

/** An accuracy at a number of labels, measured where it has a cell. */
interface LabelRow {
  readonly name: string;
  readonly labels: number;
  readonly estimate: Estimate;
  readonly cell?: EstimatedCell;
}

const colours = ["#1a5aa8", "#b0578d", "#4f7a6b", "#c77f1f", "#6a51a3", "#8a8f98"];

/** The classes of the first encoder, and what they are taken for. */
function classesFigure(
  { failing, ranking }: AdviceFacts,
  { ranked: [first] }: Answer,
): readonly Figure[] {
  if (failing.length === 0) return [];
  return [figure({
    id: "advice-classes",
    title: "Which classes fail",
    rows: failing,
    line: ({ name, images, right, mistakenFor }) => ({
      class: name,
      test_images: images,
      top1: right,
      mostly_taken_for: mistakenFor,
    }),
    numbers: ({ name, right }) => ({
      figure: "Which classes fail",
      what: name,
      value: right,
      cells: [first!],
    }),
    tables: (rows) =>
      fold(
        `${rows.length} classes, the hardest first`,
        table({
          label: "Classes by accuracy",
          columns: [
            { title: "Class" },
            { title: "Test images", number: true },
            { title: "Right, %", number: true },
            { title: "Mostly taken for" },
          ],
          rows: rows.map(({ name, images, right, mistakenFor }) => ({
            header: name,
            cells: [count(images), percent(right), mistakenFor ?? "–"],
          })),
          caption: `Of ${
            ranking[0]!.name
          } with all labels, on clean test images, over all seeds. A class of few test images is known badly.`,
        }),
      ),
  })];
}
