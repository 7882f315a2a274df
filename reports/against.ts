import {
  claimUnit,
  claimValue,
  type Content,
  type Figure,
  figure,
  fold,
  type Html,
  listing,
  markup,
  percent,
  percentRange,
  plural,
  points,
  pointsRange,
  table,
  verdictMark,
} from "@/lib/report/mod.ts";
import {
  type Against,
  type Agreement,
  type CellAgainst,
  type ClaimAgainst,
  compareRuns,
  isApart,
  type StudyResults,
  type Told,
} from "@/lib/results/mod.ts";

/** The study beside another run; nothing where it is laid beside none. */
export async function againstSection(study: StudyResults): Promise<Html | null> {
  if (study.against === undefined) return null;
  const against = compareRuns(study, study.against);
  return markup`<p>“Here” is the study of this page, “there” the run in <code class="command">${against.name}</code>.
${claimSentence(against)} ${cellSentence(against)}</p>
${await claimFigure(against).draw()}
${against.cells.length > 0 && await cellFigure(against).draw()}`;
}

const agreementWords: Readonly<Record<Agreement, string>> = {
  "same": "have the same verdict",
  "differ": "have different verdicts, one or both of them open",
  "contradict": "contradict each other",
  "asked otherwise": "are tested against other thresholds there",
  "only here": "are not tested there",
};

function claimSentence({ claims }: Against): string {
  const groups = Map.groupBy(claims, ({ agreement }) => agreement);
  const parts = Object.entries(agreementWords).flatMap(([agreement, words]) => {
    const some = groups.get(agreement as Agreement)?.length ?? 0;
    return some === 0 ? [] : [`${some} ${words}`];
  });
  return `Of ${plural(claims.length, "claim")} ${listing(parts)}.`;
}

function cellSentence({ cells }: Against): string {
  if (cells.length === 0) return "The two have no accuracies of the same conditions.";
  const equal = cells.filter(({ difference }) => difference.value === 0).length;
  const apart = cells.filter(({ difference }) => isApart(difference)).length;
  const all = plural(cells.length, "number"), chance = Math.round(0.05 * cells.length);
  return `Of ${all} that both have, ${equal} are equal, and ${apart} differ by more than their intervals allow, ` +
    `as about ${chance} would by chance.`;
}

function claimFigure({ claims }: Against): Figure {
  return figure({
    id: "against-claims",
    title: "Claims here and there",
    rows: claims,
    line: ({ here, there, agreement }) => ({
      experiment: here.experiment,
      claim: here.claim,
      here: here.verdict,
      there: there?.verdict ?? null,
      value_here: here.effect?.value ?? null,
      value_there: there?.effect?.value ?? null,
      agreement,
    }),
    tables: (rows) =>
      table({
        label: "Claims here and there",
        classes: "claims",
        stacked: true,
        columns: [
          { title: "Claim" },
          { title: "Here" },
          { title: "There" },
          { title: "Here, 95 %", number: true },
          { title: "There, 95 %", number: true },
          { title: "Together" },
        ],
        rows: rows.map(claimRow),
        caption:
          "Two verdicts contradict each other if a claim holds in one run and does not in the other.",
      }),
  });
}

function claimRow({ judgement: { claim }, here, there, agreement }: ClaimAgainst) {
  const unit = claimUnit(claim);
  const effect = (told: Told | null): Content => {
    if (told === null) return "–";
    const value = claimValue(told.value, unit);
    if (told.low === undefined || told.high === undefined) return value;
    return [
      value,
      markup`<span class="interval">${claimValue(told.low, unit)} to ${
        claimValue(told.high, unit)
      }</span>`,
    ];
  };
  return {
    header: markup`<a href="#${here.experiment}-claim-${here.claim}">${claim.statement}</a>`,
    cells: [
      verdictMark(here.verdict),
      there === null ? "–" : verdictMark(there.verdict),
      effect(here.effect),
      effect(there?.effect ?? null),
      agreement === "contradict" ? markup`<strong>${agreement}</strong>` : agreement,
    ],
  };
}

function cellFigure({ cells }: Against): Figure {
  return figure({
    id: "against-cells",
    title: "Accuracies here and there",
    rows: cells,
    line: ({ cell: { subject, estimate }, there, difference }) => ({
      experiment: subject.experiment,
      condition: subject.condition,
      level: subject.level,
      here: estimate.value,
      there: there.value,
      difference: difference.value,
      low: difference.low ?? null,
      high: difference.high ?? null,
    }),
    tables: (rows) =>
      fold(
        `The ${plural(rows.length, "pair")} of numbers`,
        table({
          label: "Accuracies here and there",
          stacked: true,
          columns: [
            { title: "Condition" },
            { title: "Level" },
            { title: "Here, %", number: true },
            { title: "There, %", number: true },
            { title: "Here minus there, 95 %", number: true },
          ],
          rows: rows.map(cellRow),
          caption:
            "Means over seeds with 95 % intervals. The interval of a difference is computed from the two " +
            "(Zou and Donner 2008), as if they had been measured on different test images, so it is a little wide. " +
            "Differences whose interval excludes 0 are bold.",
        }),
      ),
  });
}

function cellRow({ cell: { subject, estimate }, there, difference }: CellAgainst) {
  const accuracy = ({ value, low, high }: Told): Content => [
    percent(value),
    low !== undefined && high !== undefined &&
    markup`<span class="interval">${percentRange({ low, high })}</span>`,
  ];
  const { value, low, high } = difference;
  return {
    header: [subject.condition, markup`<small>${subject.experiment}</small>`],
    cells: [
      subject.level,
      accuracy({ value: estimate.value, ...estimate.interval }),
      accuracy(there),
      [
        isApart(difference) ? markup`<strong>${points(value)}</strong>` : points(value),
        low !== undefined && high !== undefined &&
        markup`<span class="interval">${pointsRange({ low, high })}</span>`,
      ],
    ],
  };
}
