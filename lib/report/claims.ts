import { border, claimUnit, claimValue, unitOf, verdictMark } from "@/lib/report/claim_values.ts";
import { citing } from "@/lib/report/exhibit.ts";
import { pValue } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { intervalChart, pictureOf, sharedRange } from "@/lib/report/interval_chart.ts";
import { table, type TableRow } from "@/lib/report/table.ts";
import {
  type Contrast,
  type Effect,
  isTested,
  type JudgedContrast,
  type Judgement,
  paperEffect,
  type Subject,
  takenBy,
  type TestedContrast,
} from "@/lib/results/mod.ts";

type Shown = TestedContrast & { readonly verdict: "holds" | "does not hold" | "undecided" | null };

/**
 * The claims of an experiment with their verdicts; the contrasts of each open on demand, and the conditions that they take.
 *
 * @param subjects All that the experiment's results are about.
 */
export function claimsTable(
  id: string,
  judgements: readonly Judgement[],
  subjects: readonly Subject[],
): Html {
  const hasPaper = judgements.some(({ claim }) => paperEffect(claim) !== null);
  const made = table({
    label: "Claims and verdicts",
    classes: "claims",
    stacked: true,
    columns: [
      { title: "Claim" },
      { title: "Verdict" },
      ...hasPaper ? [{ title: "Paper", number: true }] : [],
      { title: "Ours", number: true },
      { title: "95 % interval", number: true },
    ],
    rows: judgements.map((judgement) => claimRow(id, judgement, { subjects, hasPaper })),
    caption,
  });
  const contrasts = judgements.filter(({ contrasts }) => contrasts.length > 1)
    .map((judgement) => contrastTable(id, judgement, subjects));
  return markup`${made}${contrasts}`;
}

const caption =
  "Differences in accuracy are in points. Where all contrasts of a claim must hold, the least certain one is shown. Each " +
  "interval is for that number alone, over test images and seeds.";

function claimRow(
  id: string,
  judgement: Judgement,
  { subjects, hasPaper }: { readonly subjects: readonly Subject[]; readonly hasPaper: boolean },
): TableRow {
  const { claim, verdict, reason, effect, p, contrasts } = judgement;
  const unit = claimUnit(claim), paper = paperEffect(claim);
  const source = claim.number === undefined
    ? "A claim of this experiment’s own"
    : `Claim ${claim.number} of the paper`;
  const what = contrasts.length === 1
    ? border(claim.contrasts[0]!)
    : claim.means === "mean"
    ? `the mean of ${contrasts.length} contrasts ${border(claim.contrasts[0]!)}`
    : contrasts.length === 2
    ? "both contrasts"
    : `all ${contrasts.length} contrasts`;
  return {
    id: `${id}-claim-${claim.id}`,
    header: [
      claim.statement,
      markup`<small>${source}; ${what} ${
        citing({ id: `${id}-claim-${claim.id}`, title: claim.statement })
      }</small>`,
      reason !== undefined && why(reason),
      contrasts.length === 1 && conditionsOf(claim.contrasts[0]!, subjects),
    ],
    cells: [
      [verdictMark(verdict), p !== undefined && markup`<small>p ${pValue(p)}</small>`],
      ...hasPaper ? [paper === null ? "–" : claimValue(paper, unit)] : [],
      ...effectCells(effect, unit),
    ],
  };
}

// A longer reason opens on demand.
const shortReason = 100;

/** How many and which conditions each side of a contrast takes. */
function conditionsOf(contrast: Contrast, subjects: readonly Subject[]): Html {
  const sides = takenBy(contrast, subjects).map(({ told, conditions }) =>
    markup`<li>${told}: ${conditions.join("; ")}</li>`
  );
  return markup`<details><summary>Conditions compared</summary><ul class="note">${sides}</ul></details>`;
}

/** Why a claim has no verdict. */
function why(reason: string): Html {
  return reason.length <= shortReason
    ? markup`<small>${reason}</small>`
    : markup`<details><summary>Why there is no verdict</summary><small>${reason}</small></details>`;
}

function effectCells(
  effect: Effect | TestedContrast | undefined,
  unit: ReturnType<typeof claimUnit>,
): readonly string[] {
  if (effect === undefined) return ["–", "–"];
  const { value, interval } = effect;
  return [
    claimValue(value, unit),
    `${claimValue(interval.low, unit)} to ${claimValue(interval.high, unit)}`,
  ];
}

/** The contrasts of a claim, each on one axis. */
function contrastTable(
  id: string,
  { claim, contrasts }: Judgement,
  subjects: readonly Subject[],
): Html {
  const range = sharedRange(
    contrasts.filter((one) => isTested<Shown>(one)).map((one) => pictureOf(one.contrast, one)),
  );
  const rows = contrasts.map((one) => contrastRow(id, { one, range, subjects }));
  return markup`<details class="contrasts"><summary>${
    claim.number === undefined ? `“${claim.statement}”` : `Claim ${claim.number}`
  }: ${contrasts.length} contrasts</summary>
${
    table({
      label: `Contrasts of: ${claim.statement}`,
      classes: "claims",
      stacked: true,
      columns: [
        { title: "Contrast" },
        { title: "On its own" },
        { title: "Paper", number: true },
        { title: "Ours", number: true },
        { title: "95 % interval", number: true },
        {
          title:
            markup`<span class="hidden">Picture</span><small>● ours ◇ paper ┊ threshold</small>`,
        },
      ],
      rows,
      caption:
        "Contrasts are tested only where their claim is decided, corrected for their number.",
    })
  }</details>`;
}

function contrastRow(
  id: string,
  { one, range, subjects }: {
    readonly one: JudgedContrast;
    readonly range: readonly [number, number];
    readonly subjects: readonly Subject[];
  },
): TableRow {
  const { contrast } = one;
  const unit = unitOf(contrast.term), isShown = isTested<Shown>(one);
  const name = `${id}-interval-${contrast.id}`;
  return {
    id: `${id}-contrast-${contrast.id}`,
    header: [
      contrast.statement,
      markup`<small>${border(contrast)}</small>`,
      conditionsOf(contrast, subjects),
    ],
    cells: [
      !isShown
        ? markup`<small class="note">${one.reason}</small>`
        : one.verdict === null
        ? markup`<span class="muted">not tested</span>`
        : verdictMark(one.verdict),
      contrast.paper === null ? "–" : claimValue(contrast.paper, unit),
      ...effectCells(isShown ? one : undefined, unit),
      isShown && intervalChart(pictureOf(contrast, one), {
        range,
        name: { id: name, label: pictureLabel(contrast, one) },
      }),
    ],
  };
}

/** What an interval's picture shows, for who cannot see it. */
function pictureLabel(
  contrast: Contrast,
  { value, interval }: Pick<TestedContrast, "value" | "interval">,
): string {
  const unit = unitOf(contrast.term);
  const told = (one: number) => claimValue(one, unit);
  const paper = contrast.paper === null ? "" : `, paper ${told(contrast.paper)}`;
  return `Ours ${told(value)}, interval ${told(interval.low)} to ${told(interval.high)}, claimed ${
    border(contrast)
  }${paper}`;
}
