import { percent, points, pointsRange, pValue, threshold } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { type Contrast, intervalChart, sharedRange } from "@/lib/report/interval_chart.ts";
import { table, type TableRow } from "@/lib/report/table.ts";
import {
  type Claim,
  isMeasured,
  type Judgement,
  type MeasuredClaim,
  type Verdict,
} from "@/lib/results/mod.ts";

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
  markup`Most claims are a difference of accuracies, in points; some are a share of classes, in percent. The interval is of
the claim by itself: a paired bootstrap over test images, and Student’s t over seeds where there are several. A claim
<em>holds</em> or <em>does not hold</em> where its two-sided p-value, corrected for all claims of this report (Holm 1979), is
below 0.05, and is <em>undecided</em> otherwise. “Best”, “worst” and “any other” choose the condition anew in each resample.`;

/** In what a claim's numbers are told: points of accuracy, or percent of classes. */
export type ClaimUnit = "points" | "percent";

/** The unit of a claim. */
export function claimUnit(claim: Claim | undefined): ClaimUnit {
  return claim?.contrast.take === "share" ? "percent" : "points";
}

/** A value of a claim in its unit. */
export function claimValue(value: number, unit: ClaimUnit): string {
  return unit === "points" ? points(value) : `${percent(value)} %`;
}

/** A verdict with its sign and colour. */
export function verdictMark(verdict: Verdict): Html {
  const { sign, classes } = looks[verdict];
  return markup`<span class="verdict ${classes}"><span aria-hidden="true">${sign}</span> ${verdict}</span>`;
}

/** Where a claim's value must lie: "above 0", "within ±2". */
function border({ contrast, direction, threshold: at }: Claim): string {
  if (direction === "within") return `within ±${threshold(at).replace("+", "")}`;
  return `${direction} ${contrast.take === "share" ? `${percent(at)} %` : threshold(at)}`;
}

function contrastOf({ claim, value, interval }: MeasuredClaim): Contrast {
  const { direction, threshold } = claim;
  const thresholds = direction === "within" ? [-threshold, threshold] : [threshold];
  return { value, interval, thresholds, paper: claim.paper };
}

async function claimRow(
  id: string,
  { judgement, range }: {
    readonly judgement: Judgement;
    readonly range: readonly [number, number];
  },
): Promise<TableRow> {
  const { claim, verdict } = judgement;
  const unit = claimUnit(claim);
  const number = claim.number === undefined
    ? "A check of this project, not the paper’s"
    : `Claim ${claim.number} of the paper`;
  const measured = isMeasured<MeasuredClaim>(judgement);
  const name = `${id}-interval-${claim.id}`;
  return {
    id: `${id}-claim-${claim.id}`,
    header: [
      claim.statement,
      markup`<small>${number}; ${border(claim)}</small>`,
    ],
    cells: [
      {
        content: measured
          ? markup`${verdictMark(verdict)}<small>p ${pValue(judgement.p)}</small>`
          : verdictMark(verdict),
      },
      { content: claim.paper === null ? "–" : claimValue(claim.paper, unit), classes: "number" },
      { content: measured ? claimValue(judgement.value, unit) : "–", classes: "number" },
      {
        content: measured
          ? `${claimValue(judgement.interval.low, unit)} to ${
            claimValue(judgement.interval.high, unit)
          }`
          : "–",
        classes: "number",
      },
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
    `claimed ${border(claim)}${paper}`;
  return intervalChart(contrastOf(judgement), { range, name: { id: name, label } });
}
