import {
  claimUnit,
  claimValue,
  type Html,
  listing,
  markup,
  plural,
  table,
  type TableRow,
  verdictMark,
} from "@/lib/report/mod.ts";
import {
  isMeasured,
  type Judgement,
  type MeasuredClaim,
  type PaperSource,
  type StudyResults,
  type Verdict,
  verdicts,
} from "@/lib/results/mod.ts";
import { paperClaims } from "@/reports/paper_claims.ts";
import { tally } from "@/reports/tally.ts";

/** A contrast of a claim, and the experiment that measured it. */
interface Asked {
  readonly experiment: string;
  readonly source: PaperSource | undefined;
  readonly judgement: Judgement;
}

/** The paper's claims in order, each with all contrasts that ask it and what they say together. */
export function verdictTable({ experiments }: StudyResults): Html {
  const asked = experiments.flatMap(({ experiment, judgements }) =>
    judgements.map((judgement): Asked => ({
      experiment: experiment.id,
      source: experiment.paperSource,
      judgement,
    }))
  );
  const byNumber = Map.groupBy(asked, ({ judgement }) => judgement.claim.number);
  const made = table({
    label: "The paper’s claims and what the numbers say",
    classes: "claims verdicts",
    columns: [
      { title: "Claim" },
      { title: "Verdict" },
      { title: "Contrasts" },
      { title: markup`Paper<small>smallest to largest</small>`, number: true },
      { title: markup`Ours<small>smallest to largest</small>`, number: true },
    ],
    rows: [...paperClaims].map(([number, statement]) =>
      claimRow({ number, statement, asked: byNumber.get(number) ?? [] })
    ),
    caption,
  });
  const checks = (byNumber.get(undefined) ?? []).map(({ judgement }) => judgement);
  return checks.length === 0 ? made : markup`${made}
<p class="note">Beside them this project’s own ${
    plural(checks.length, "check")
  }, for instance that pretraining beats an
untrained encoder: ${tally(checks)}.</p>
`;
}

const caption =
  markup`A claim of the paper is asked by one contrast or more, each with a verdict of its own further down. The claim
<em>holds</em> here where all of its contrasts do, and <em>does not hold</em> where none does; it does so <em>where
decided</em> if some of them are undecided and all others agree. The paper’s values are from a <em>table</em> of it, a <em>plot</em> or a published <em>review</em>.
Values are differences of accuracy in points, or shares of classes in percent.`;

function claimRow(
  { number, statement, asked }: {
    readonly number: number;
    readonly statement: string;
    readonly asked: readonly Asked[];
  },
): TableRow {
  const judgements = asked.map(({ judgement }) => judgement);
  const verdict = together(judgements);
  const measured = judgements.filter((one): one is MeasuredClaim => isMeasured<MeasuredClaim>(one));
  const papers = judgements.flatMap(({ claim }) => claim.paper === null ? [] : [claim.paper]);
  const unit = claimUnit(judgements[0]?.claim);
  const section = asked[0]?.experiment;
  return {
    id: `verdict-${number}`,
    header: markup`<span class="claim-number">${number}</span> ${
      section === undefined ? statement : markup`<a href="#${section}">${statement}</a>`
    }`,
    cells: [
      { content: overallMark(verdict) },
      {
        content: asked.length === 0
          ? markup`<span class="note">no experiment of this report asks it</span>`
          : markup`<details><summary>${tally(judgements)}</summary><ul>${
            asked.map(link)
          }</ul></details>`,
      },
      {
        content: markup`${rangeOf(papers, unit)}${
          papers.length > 0 && markup`<br><small>${sourceName(asked)}</small>`
        }`,
        classes: "number",
      },
      { content: rangeOf(measured.map(({ value }) => value), unit), classes: "number" },
    ],
  };
}

/** Where the paper's values of a claim come from, in a word. */
function sourceName(asked: readonly Asked[]): string {
  return [...new Set(asked.flatMap(({ source }) => source ?? []))].join(", ");
}

// What the contrasts of a claim say together, in the order in which a reader wants it.
const overalls = [
  "holds",
  "holds where decided",
  "differs by contrast",
  "does not hold where decided",
  "does not hold",
  "undecided at this scale",
  "not testable here",
  "not measured",
] as const satisfies readonly (Verdict | `${Verdict} where decided` | "differs by contrast")[];
type Overall = (typeof overalls)[number];

/** The verdict that all contrasts share, or what those say that are decided. */
function together(judgements: readonly Judgement[]): Overall {
  if (judgements.length === 0) return "not testable here";
  const shared = verdicts.find((verdict) => judgements.every((one) => one.verdict === verdict));
  if (shared !== undefined) return shared;
  const some = (verdict: Verdict) => judgements.some((one) => one.verdict === verdict);
  const holds = some("holds"), fails = some("does not hold");
  if (holds && fails) return "differs by contrast";
  if (holds) return "holds where decided";
  if (fails) return "does not hold where decided";
  return some("undecided at this scale") ? "undecided at this scale" : "not measured";
}

function overallMark(overall: Overall): Html {
  if (overall === "differs by contrast") return markup`${overall}`;
  if (overall === "holds where decided") return markup`${verdictMark("holds")} where decided`;
  if (overall === "does not hold where decided") {
    return markup`${verdictMark("does not hold")} where decided`;
  }
  return verdictMark(overall);
}

function link({ experiment, judgement: { claim, verdict } }: Asked): Html {
  return markup`<li><a href="#${experiment}-claim-${claim.id}">${claim.statement}</a>: ${verdict}</li>`;
}

function rangeOf(values: readonly number[], unit: ReturnType<typeof claimUnit>): string {
  if (values.length === 0) return "–";
  const ends = [
    ...new Set([Math.min(...values), Math.max(...values)].map((one) => claimValue(one, unit))),
  ];
  return ends.length === 1 ? ends[0]! : `${ends[0]} to ${ends[1]}`;
}

/** What the verdicts say, in a sentence: how many of the paper's claims hold here. */
export function verdictSentence({ experiments }: StudyResults): string {
  const judgements = experiments.flatMap((one) => one.judgements);
  const counted = Map.groupBy(
    [...paperClaims.keys()],
    (number) => together(judgements.filter(({ claim }) => claim.number === number)),
  );
  const phrases = overalls.flatMap((overall) => {
    const n = counted.get(overall)?.length ?? 0;
    return n === 0 ? [] : [`${n} ${phrase[overall]}`];
  });
  return `The paper’s ${paperClaims.size} claims: ${listing(phrases)}.`;
}

const phrase: Readonly<Record<Overall, string>> = {
  "holds": "holding in every contrast asked",
  "holds where decided": "holding in every contrast that the numbers decide",
  "differs by contrast": "holding in some contrasts and not in others",
  "does not hold where decided": "holding in none of those that are decided",
  "does not hold": "holding in no contrast",
  "undecided at this scale": "undecided at this scale",
  "not testable here": "not testable here",
  "not measured": "not measured",
};
