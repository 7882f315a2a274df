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
import { isOfPaper } from "@/reports/title.ts";

/** A claim as the figure has it. */
interface Asked {
  /** What is unique of it in the page: the paper's number, or experiment and claim. */
  readonly key: string;
  /** The paper's, if it is one of its claims. */
  readonly number?: number;
  readonly statement: string;
  readonly experiment: string;
  readonly judgement: Judgement;
}

/**
 * The claims of a study in one picture: the verdict on each, and its effect on an axis of its own. They are the paper's, beside its
 * effects, or else those that the experiments declare; nothing where there are none.
 */
export function verdictFigure(study: StudyResults): Html | null {
  return isOfPaper(study) ? papersFigure(study) : ownFigure(study);
}

function papersFigure(study: StudyResults): Html {
  const asked = askedIn(study).flatMap(({ experiment, judgement }): readonly Asked[] => {
    const { number } = judgement.claim, statement = paperClaims.get(number ?? 0);
    if (number === undefined || statement === undefined) return [];
    return [{ key: `${number}`, number, statement, experiment, judgement }];
  }).toSorted((a, b) => a.number! - b.number!);
  const others = [...paperClaims.keys()].filter((one) =>
    asked.every(({ number }) => number !== one)
  );
  return markup`${
    figureOf(asked, {
      title: "The paper’s claims, its effects and ours",
      label: "The paper’s claims, the paper’s effects and ours",
      hasPaper: true,
    })
  }${
    others.length > 0 &&
    markup`<p class="note">${
      study.outstanding === undefined
        ? "Not tested by the experiments in this report"
        : "Not answered yet"
    }: ${others.length === 1 ? "claim" : "claims"} ${others.join(", ")}.</p>`
  }`;
}

function ownFigure(study: StudyResults): Html | null {
  const asked = askedIn(study).map(({ experiment, judgement }): Asked => ({
    key: `${experiment}-${judgement.claim.id}`,
    statement: judgement.claim.statement,
    experiment,
    judgement,
  }));
  if (asked.length === 0) return null;
  const hasPaper = asked.some(({ judgement }) => paperEffect(judgement.claim) !== null);
  const title = "The claims and what was found";
  return figureOf(asked, { title, label: title, hasPaper });
}

function askedIn(
  { experiments }: StudyResults,
): readonly Pick<Asked, "experiment" | "judgement">[] {
  return experiments.flatMap(({ experiment, judgements }) =>
    judgements.map((judgement) => ({ experiment: experiment.id, judgement }))
  );
}

function figureOf(
  asked: readonly Asked[],
  { title, label, hasPaper }: {
    readonly title: string;
    readonly label: string;
    /** Whether effects of the paper are known. */
    readonly hasPaper: boolean;
  },
): Html {
  return table({
    label,
    classes: "verdicts",
    columns: [
      { title: "Claim" },
      { title: "Here" },
      { title: markup`<small>● ours, 95 % ${hasPaper && "◇ paper "}┊ threshold</small>` },
      { title: "Ours", number: true },
      ...hasPaper ? [{ title: "Paper", number: true }] : [],
    ],
    rows: asked.map((one) => verdictRow(one, hasPaper)),
    caption: [
      caption,
      citing({ id: "verdicts", title }),
      " ",
      asked.length > 0 && csvLink("verdicts.csv", asked.map(lineOf)),
    ],
  });
}

const caption =
  markup`Each claim has its own axis, in points of accuracy or percent. Shown is the mean of its contrasts or, where all must
hold, the least certain one. Its section says why a claim is not testable. `;

/** A row's numbers. */
function lineOf({ number, statement, judgement }: Asked): CsvLine {
  const { claim, verdict, effect } = judgement;
  return {
    claim: number ?? claim.id,
    statement,
    verdict,
    ours: effect?.value ?? null,
    low: effect?.interval.low ?? null,
    high: effect?.interval.high ?? null,
    paper: paperEffect(claim),
  };
}

// Where a line has room for two words.
const shortVerdicts: Partial<Record<Verdict, string>> = {
  "not testable at this budget": "not testable",
  "not testable here": "not testable",
};

function verdictRow(
  { key, number, statement, experiment, judgement }: Asked,
  hasPaper: boolean,
): TableRow {
  const { claim, verdict, effect } = judgement;
  const unit = claimUnit(claim), paper = paperEffect(claim);
  const told = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : claimValue(value, unit);
  const contrast = effect?.of ?? claim.contrasts[0]!;
  const picture = effect && pictureOf({ ...contrast, paper }, effect);
  return {
    id: `verdict-${key}`,
    classes: verdictLooks[verdict].classes,
    header: markup`${
      number !== undefined && markup`<span class="claim-number">${number}</span> `
    }<a href="#${experiment}-claim-${claim.id}">${statement}</a>`,
    cells: [
      verdictMark(verdict, shortVerdicts[verdict]),
      picture && intervalChart(picture, {
        range: sharedRange([picture]),
        name: {
          id: `effect-${key}`,
          label: `${number === undefined ? statement : `Claim ${number}`}, ${
            border(contrast)
          }: ours ${told(effect?.value)}, interval ${told(effect?.interval.low)} to ${
            told(effect?.interval.high)
          }${hasPaper ? `, paper ${told(paper)}` : ""}`,
        },
      }),
      told(effect?.value),
      ...hasPaper ? [told(paper)] : [],
    ],
  };
}
