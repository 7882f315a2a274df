import {
  border,
  citing,
  claimUnit,
  claimValue,
  type CsvLine,
  csvLink,
  type Html,
  intervalChart,
  markup,
  pictureOf,
  sharedRange,
  table,
  type TableRow,
  verdictLooks,
  verdictMark,
} from "@/lib/report/mod.ts";
import { type Judgement, paperEffect, type StudyResults, type Verdict } from "@/lib/results/mod.ts";
import { paperClaims } from "@/reports/paper_claims.ts";

/** A claim, and the experiment that asks it. */
interface Asked {
  readonly experiment: string;
  readonly judgement: Judgement;
}

/** The paper's claims in one picture: the verdict on each, and its effect in the paper and here on an axis of its own. */
export function verdictFigure({ experiments, outstanding }: StudyResults): Html {
  const asked = new Map(
    experiments.flatMap(({ experiment, judgements }) =>
      judgements.flatMap((judgement): readonly (readonly [number, Asked])[] => {
        const { number } = judgement.claim;
        return number === undefined ? [] : [[number, { experiment: experiment.id, judgement }]];
      })
    ),
  );
  const rows = [...paperClaims].filter(([number]) => asked.has(number))
    .map(([number, statement]) => verdictRow({ number, statement, ...asked.get(number)! }));
  const others = [...paperClaims.keys()].filter((number) => !asked.has(number));
  return markup`${
    table({
      label: "The paper’s claims, the paper’s effects and ours",
      classes: "verdicts",
      columns: [
        { title: "Claim" },
        { title: "Here" },
        { title: markup`<small>● ours, 95 % ◇ paper ┊ threshold</small>` },
        { title: "Ours", number: true },
        { title: "Paper", number: true },
      ],
      rows,
      caption: [
        caption,
        citing(overview),
        " ",
        rows.length > 0 && csvLink("verdicts.csv", linesOf(asked)),
      ],
    })
  }${
    others.length > 0 &&
    markup`<p class="note">${
      outstanding === undefined
        ? "Not tested by the experiments in this report"
        : "Not answered yet"
    }: ${others.length === 1 ? "claim" : "claims"} ${others.join(", ")}.</p>`
  }`;
}

const overview = { id: "verdicts", title: "The paper’s claims, its effects and ours" };

const caption =
  markup`Each claim has its own axis, in points of accuracy or percent. Shown is the mean of its contrasts or, where all must
hold, the least certain one. Its section says why a claim is not testable. `;

/** The figure's numbers. */
function linesOf(asked: ReadonlyMap<number, Asked>): readonly CsvLine[] {
  return [...asked].toSorted(([a], [b]) => a - b).map(([number, { judgement }]) => {
    const { claim, verdict, effect } = judgement;
    return {
      claim: number,
      statement: paperClaims.get(number)!,
      verdict,
      ours: effect?.value ?? null,
      low: effect?.interval.low ?? null,
      high: effect?.interval.high ?? null,
      paper: paperEffect(claim),
    };
  });
}

// Where a line has room for two words.
const shortVerdicts: Partial<Record<Verdict, string>> = {
  "not testable at this budget": "not testable",
  "not testable here": "not testable",
};

function verdictRow(
  { number, statement, experiment, judgement }: Asked & {
    readonly number: number;
    readonly statement: string;
  },
): TableRow {
  const { claim, verdict, effect } = judgement;
  const unit = claimUnit(claim), paper = paperEffect(claim);
  const told = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : claimValue(value, unit);
  const contrast = effect?.of ?? claim.contrasts[0]!;
  const picture = effect && pictureOf({ ...contrast, paper }, effect);
  return {
    id: `verdict-${number}`,
    classes: verdictLooks[verdict].classes,
    header:
      markup`<span class="claim-number">${number}</span> <a href="#${experiment}-claim-${claim.id}">${statement}</a>`,
    cells: [
      verdictMark(verdict, shortVerdicts[verdict]),
      picture && intervalChart(picture, {
        range: sharedRange([picture]),
        name: {
          id: `effect-${number}`,
          label: `Claim ${number}, ${border(contrast)}: ours ${told(effect?.value)}, interval ${
            told(effect?.interval.low)
          } to ${told(effect?.interval.high)}, paper ${told(paper)}`,
        },
      }),
      told(effect?.value),
      told(paper),
    ],
  };
}
