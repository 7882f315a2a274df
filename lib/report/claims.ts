import { points, pointsRange, threshold } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { type Contrast, intervalChart, sharedRange } from "@/lib/report/interval_chart.ts";
import { table, type TableRow } from "@/lib/report/table.ts";
import { isMeasured, type Judgement, type MeasuredClaim, type Verdict } from "@/lib/results/mod.ts";

const looks: Readonly<Record<Verdict, { readonly sign: string; readonly classes: string }>> = {
  "holds": { sign: "✓", classes: "good" },
  "does not hold": { sign: "✗", classes: "bad" },
  "undecided at this scale": { sign: "?", classes: "open" },
  "not testable here": { sign: "–", classes: "none" },
  "not measured": { sign: "–", classes: "none" },
};

/** The claims of an experiment, each with the paper's value, ours, its interval and the verdict. */
export async function claimsTable(id: string, judgements: readonly Judgement[]): Promise<Html> {
  const measured = judgements.filter((one) =>
    isMeasured<MeasuredClaim>(one)
  ) as readonly MeasuredClaim[];
  const range = sharedRange(measured.map(contrastOf));
  const ends = measured.length === 0 ? "Picture" : range.map(points).join(" to ");
  return table({
    label: "Claims and verdicts",
    classes: "claims",
    columns: [
      { title: "Claim" },
      { title: "Verdict" },
      { title: markup`Paper<small>points</small>`, number: true },
      { title: markup`Ours<small>points</small>`, number: true },
      { title: markup`95 % interval<small>points</small>`, number: true },
      { title: markup`${ends}<small>● ours ◇ paper ┊ threshold</small>` },
    ],
    rows: await Promise.all(judgements.map((judgement) => claimRow(id, { judgement, range }))),
    caption,
  });
}

const caption =
  markup`Each claim is a difference of accuracies, in points. It <em>holds</em> when the whole interval
lies on the claimed side of its threshold, <em>does not hold</em> when no part of it lies there, and is
<em>undecided</em> when a part of it does. “Best”, “worst” and “any other” choose the condition anew
in each resample. The intervals are not corrected for the number of claims.`;

function contrastOf({ claim, value, interval }: MeasuredClaim): Contrast {
  return { value, interval, threshold: claim.threshold, paper: claim.paper };
}

async function claimRow(
  id: string,
  { judgement, range }: {
    readonly judgement: Judgement;
    readonly range: readonly [number, number];
  },
): Promise<TableRow> {
  const { claim, verdict } = judgement;
  const { sign, classes } = looks[verdict];
  const number = claim.number === undefined
    ? "A check of this project, not the paper’s"
    : `Claim ${claim.number}`;
  const measured = isMeasured<MeasuredClaim>(judgement);
  const name = `${id}-interval-${claim.id}`;
  return {
    id: `${id}-claim-${claim.id}`,
    header: [
      claim.statement,
      markup`<small>${number}; difference ${claim.direction} ${threshold(claim.threshold)}</small>`,
    ],
    cells: [
      {
        content:
          markup`<span class="verdict ${classes}"><span aria-hidden="true">${sign}</span> ${verdict}</span>`,
      },
      { content: claim.paper === null ? "–" : points(claim.paper), classes: "number" },
      { content: measured ? points(judgement.value) : "–", classes: "number" },
      { content: measured ? pointsRange(judgement.interval) : "–", classes: "number" },
      {
        content: measured
          ? await picture(judgement, { name, range })
          : markup`<span class="note">${judgement.reason}</span>`,
      },
    ],
  };
}

function picture(
  judgement: MeasuredClaim,
  { name, range }: { readonly name: string; readonly range: readonly [number, number] },
): Promise<Html> {
  const { claim, value, interval } = judgement;
  const paper = claim.paper === null ? "" : `, paper ${points(claim.paper)}`;
  const label = `Ours ${points(value)} points, interval ${pointsRange(interval)}, ` +
    `threshold ${threshold(claim.threshold)}${paper}`;
  return intervalChart(contrastOf(judgement), { range, name: { id: name, label } });
}
