import {
  border,
  claimUnit,
  claimValue,
  type Html,
  intervalChart,
  type IntervalPicture,
  markup,
  sharedRange,
  table,
  type TableRow,
  verdictLooks,
  verdictMark,
} from "@/lib/report/mod.ts";
import { type Judgement, paperEffect, type StudyResults } from "@/lib/results/mod.ts";
import { paperClaims } from "@/reports/paper_claims.ts";

/** A claim, and the experiment that asks it. */
interface Asked {
  readonly experiment: string;
  readonly judgement: Judgement;
}

/** The paper's claims in one picture: the verdict on each, and its effect in the paper and here on an axis of its own. */
export async function verdictFigure({ experiments }: StudyResults): Promise<Html> {
  const asked = new Map(
    experiments.flatMap(({ experiment, judgements }) =>
      judgements.flatMap((judgement): readonly (readonly [number, Asked])[] => {
        const { number } = judgement.claim;
        return number === undefined ? [] : [[number, { experiment: experiment.id, judgement }]];
      })
    ),
  );
  const rows = await Promise.all(
    [...paperClaims].filter(([number]) => asked.has(number))
      .map(([number, statement]) => verdictRow({ number, statement, ...asked.get(number)! })),
  );
  const others = [...paperClaims.keys()].filter((number) => !asked.has(number));
  return markup`${
    table({
      label: "The paper’s claims, the paper’s effects and ours",
      classes: "verdicts",
      columns: [
        { title: "Claim" },
        { title: "Here" },
        {
          title: markup`<small>● ours with its 95 % interval ◇ paper ┊ border of the claim</small>`,
        },
        { title: "Ours", number: true },
        { title: "Paper", number: true },
      ],
      rows,
      caption,
    })
  }${
    others.length > 0 &&
    markup`<p class="note">Not asked by the experiments of this report: ${
      others.length === 1 ? "claim" : "claims"
    } ${others.join(", ")}.</p>`
  }`;
}

const caption =
  markup`An axis a claim: the mean of its contrasts, or, where all must hold, the one that is least sure to. Differences of
accuracy in points, shares in percent. What each claim is asked by, and why one cannot be tested, stands in its section.`;

async function verdictRow(
  { number, statement, experiment, judgement }: Asked & {
    readonly number: number;
    readonly statement: string;
  },
): Promise<TableRow> {
  const { claim, verdict, effect } = judgement;
  const unit = claimUnit(claim), paper = paperEffect(claim);
  const told = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : claimValue(value, unit);
  const contrast = effect?.of ?? claim.contrasts[0]!;
  const picture: IntervalPicture | undefined = effect && {
    value: effect.value,
    interval: effect.interval,
    thresholds: contrast.direction === "within"
      ? [-contrast.threshold, contrast.threshold]
      : [contrast.threshold],
    paper,
  };
  return {
    id: `verdict-${number}`,
    classes: verdictLooks[verdict].classes,
    header:
      markup`<span class="claim-number">${number}</span> <a href="#${experiment}-claim-${claim.id}">${statement}</a>`,
    cells: [
      { content: verdictMark(verdict) },
      {
        content: picture === undefined ? "" : await intervalChart(picture, {
          range: sharedRange([picture]),
          name: {
            id: `effect-${number}`,
            label: `Claim ${number}, ${border(contrast)}: ours ${told(effect?.value)}, interval ${
              told(effect?.interval.low)
            } to ${told(effect?.interval.high)}, paper ${told(paper)}`,
          },
        }),
      },
      { content: told(effect?.value), classes: "number" },
      { content: told(paper), classes: "number" },
    ],
  };
}
