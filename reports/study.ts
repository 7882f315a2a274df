import {
  claimsTable,
  type CsvLine,
  curveFigure,
  figure,
  type Html,
  listing,
  markup,
  page,
  provenance,
  section,
} from "@/lib/report/mod.ts";
import {
  claimLines,
  type Experiment,
  type ExperimentResults,
  type StudyResults,
} from "@/lib/results/mod.ts";
import { adviceBlock, adviceFigures } from "@/reports/advice_page.ts";
import { isAsked } from "@/reports/answer_cells.ts";
import { againstSection } from "@/reports/against.ts";
import { citations } from "@/reports/citations.ts";
import { differences } from "@/reports/differences.ts";
import { downloads } from "@/reports/files.ts";
import { coverage, partial } from "@/reports/intervals.ts";
import { answer, masthead } from "@/reports/masthead.ts";
import { methodName } from "@/reports/names.ts";
import { neighbours } from "@/reports/neighbours.ts";
import { openTable, remedies } from "@/reports/open_claims.ts";
import { paperSourceSentence } from "@/reports/paper_source.ts";
import { reportOf } from "@/reports/registry.ts";
import { settings } from "@/reports/settings.ts";
import { sheets } from "@/reports/sheets.ts";
import { shortClasses } from "@/reports/short_classes.ts";
import { planPicture } from "@/reports/plan.ts";
import { isOfPaper, studyKind, studyTitle } from "@/reports/title.ts";
import { uncertainty } from "@/reports/uncertainty.ts";
import { verdictFigure } from "@/reports/verdicts.ts";

/** A part of the page that its contents name. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** The report of a study as one HTML page. */
export async function studyPage(study: StudyResults): Promise<string> {
  const experiments = study.experiments.map(async (results): Promise<Part> => ({
    id: results.experiment.id,
    title: isAlone(study) ? "What was found" : headingOf(results.experiment),
    content: await experimentContent(results, study),
  }));
  const similar = await neighbours(study);
  const verdicts = verdictFigure(study);
  const against = await againstSection(study);
  const parts: readonly Part[] = [
    ...!isAsked(study) ? [] : [{
      id: "numbers",
      title: "The numbers behind the advice",
      content: markup`${await Promise.all(adviceFigures(study).map((one) => one.draw()))}`,
    }],
    ...await Promise.all(experiments),
    ...study.experiments.every(({ judgements }) => judgements.length === 0) ? [] : [{
      id: "open",
      title: "Open claims, and what would settle them",
      content: markup`${judging(study)}${openTable(study)}`,
    }],
    ...against === null ? [] : [{ id: "against", title: "Beside another run", content: against }],
    {
      id: "uncertainty",
      title: "Sources of uncertainty",
      content: await uncertainty(study),
    },
    ...similar === null
      ? []
      : [{ id: "neighbours", title: "Nearest neighbours in feature space", content: similar }],
    { id: "images", title: "The images", content: await sheets(study) },
    {
      id: "settings",
      title: "Settings of every method and probe",
      content: await settings(study),
    },
    {
      id: "differences",
      title: isOfPaper(study)
        ? "Differences from the paper, and why"
        : "How it was done, beside the paper",
      content: differences(study),
    },
    {
      id: "plan",
      title: "The plan, and how long its steps took",
      content: await planPicture(study),
    },
    { id: "provenance", title: "Provenance of every number", content: provenance(study) },
    { id: "downloads", title: "Downloads", content: downloads(study) },
  ];
  const citable = [...verdicts === null ? [] : [verdicts], ...parts.map(({ content }) => content)]
    .flatMap(({ cited }) => cited);
  const all = [...parts, {
    id: "citing",
    title: "How to cite this",
    content: citations(study, citable),
  }];
  return page({
    title: studyTitle(study),
    description: `${studyTitle(study)}: ${studyKind(study)}, at scale ${study.scale.name}`,
    contents: [
      ...verdicts === null ? [] : [{ id: "verdicts", title: "Claims and answer" }],
      ...all,
    ],
    header: markup`${masthead(study)}${isAsked(study) && adviceBlock(study)}${
      verdicts !== null &&
      markup`<section id="verdicts" aria-label="${
        isOfPaper(study) ? "The paper’s claims" : "The claims"
      }">
${verdicts}</section>
`
    }${!isAsked(study) && answer(study)}`,
    sections: all.map(({ id, title, content }) => section(id, title, content)),
    footer: footer(study),
  });
}

function judging({ registered: { hash, at } }: StudyResults): Html {
  return markup`<p>Each claim is one hypothesis, tested once. It <em>holds</em> or <em>does not hold</em> if its one-sided p-value,
corrected for the number of claims (Holm 1979), is below 0.05 and its numbers pass the checks that it declares; otherwise it
stays open. The claims and their tests ${
    at === undefined
      ? "as they stand here"
      : `were written down before the run, on ${at.slice(0, 10)}`
  }: SHA-256 <code class="command">${hash}</code>.</p>
`;
}

/** Whether the page is about one experiment, whose title and question stand at its top. */
function isAlone(study: StudyResults): boolean {
  return study.experiments.length === 1 && !isOfPaper(study);
}

function headingOf({ title, reference }: Experiment): string {
  return reference === "none" ? title : `${title} (${reference})`;
}

async function experimentContent(results: ExperimentResults, study: StudyResults): Promise<Html> {
  const { experiment: { id, question, paperSource }, cells, absent, curves } = results;
  const missing = [...new Set(absent.map((subject) => subject.condition))];
  const short = shortClasses(results, study);
  const figures = reportOf(id).figures(results).map((one) => "draw" in one ? one.draw() : one);
  return markup`${
    !isAlone(study) && markup`<p class="question">${question}</p>
`
  }${missing.length > 0 && markup`<p class="note">Not in the store yet: ${listing(missing)}.</p>`}
${await Promise.all(figures)}
<p class="note">${paperSource && `${paperSourceSentence(paperSource)} `}${coverage(study.seeds)} ${
    partial(cells, study)
  }</p>
${short.length > 0 && markup`<p class="note">${short.join(" ")}</p>`}
${await claims(results, study)}
${curves.length > 0 && await curveFigure(results, methodName).draw()}`;
}

async function claims(results: ExperimentResults, study: StudyResults): Promise<Html | null> {
  const { experiment, judgements, cells, absent } = results;
  if (judgements.length === 0) return null;
  const subjects = [...cells.map(({ subject }) => subject), ...absent];
  return await figure({
    id: `${experiment.id}-claims`,
    title: "Claims and verdicts",
    rows: claimLines(judgements.map((judgement) => ({ experiment, judgement, cells }))),
    line: (line) => pick(line, ["claim", "contrast", "value", "low", "high", "paper", "verdict"]),
    tables: () =>
      markup`${claimsTable(experiment.id, judgements, subjects)}${remedies(results, study)}`,
  }).draw();
}

function pick<K extends string>(
  line: { readonly [N in K]?: string | number | null },
  names: readonly K[],
): CsvLine {
  return Object.fromEntries(names.map((name) => [name, line[name] ?? null]));
}

function footer(study: StudyResults): Html {
  return markup`<p>${
    isOfPaper(study) ? "A replication of" : "Made with when-contrastive, a replication of"
  } E. Cole, X. Yang, K. Wilber, O. Mac Aodha and S. Belongie, “When Does Contrastive
Visual Representation Learning Work?”, CVPR 2022, arXiv 2105.05837.</p>
<p>Written by <code class="command">${study.command}</code>. This page is a single file and loads nothing from the network.</p>
`;
}
