import {
  claimsTable,
  curveFigures,
  type Html,
  listing,
  markup,
  page,
  provenance,
  section,
} from "@/lib/report/mod.ts";
import type { Experiment, ExperimentResults, StudyResults } from "@/lib/results/mod.ts";
import { differences } from "@/reports/differences.ts";
import { downloads } from "@/reports/files.ts";
import { coverage, partial } from "@/reports/intervals.ts";
import { answer, masthead, studyTitle } from "@/reports/masthead.ts";
import { methodName } from "@/reports/names.ts";
import { neighbours } from "@/reports/neighbours.ts";
import { paperSourceSentence } from "@/reports/paper_source.ts";
import { reportOf } from "@/reports/registry.ts";
import { sheets } from "@/reports/sheets.ts";
import { planPicture } from "@/reports/plan.ts";
import { verdictFigure } from "@/reports/verdicts.ts";

/** The report of a study as one HTML page. */
export async function studyPage(study: StudyResults): Promise<string> {
  const experiments = study.experiments.map(async (results) => ({
    id: results.experiment.id,
    title: headingOf(results.experiment),
    content: await experimentContent(results, study),
  }));
  const similar = await neighbours(study);
  const parts = [
    ...await Promise.all(experiments),
    ...similar === null
      ? []
      : [{ id: "neighbours", title: "What the features take to be alike", content: similar }],
    { id: "images", title: "The images", content: await sheets(study) },
    {
      id: "differences",
      title: "What differs from the paper and why",
      content: differences(study),
    },
    { id: "plan", title: "The plan, and what its steps took", content: await planPicture(study) },
    { id: "provenance", title: "Provenance of every number", content: provenance(study) },
    { id: "downloads", title: "Downloads", content: downloads(study) },
  ];
  const links = parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`);
  return page({
    title: studyTitle,
    description: `A replication of Cole et al., CVPR 2022, at scale ${study.scale.name}`,
    header: markup`${masthead(study)}<section id="verdicts" aria-label="The paper’s claims">
${await verdictFigure(study)}</section>
${answer(study)}
<nav aria-label="Contents"><ol>${links}</ol></nav>
`,
    sections: parts.map(({ id, title, content }) => section(id, title, content)),
    footer: footer(study),
  });
}

function headingOf({ title, reference }: Experiment): string {
  return reference === "none" ? title : `${title} (${reference})`;
}

async function experimentContent(results: ExperimentResults, study: StudyResults): Promise<Html> {
  const { experiment: { id, question, paperSource }, cells, absent } = results;
  const missing = [...new Set(absent.map((subject) => subject.condition))];
  return markup`<p class="question">${question}</p>
${missing.length > 0 && markup`<p class="note">Not in the store yet: ${listing(missing)}.</p>`}
${await reportOf(id).figures(results)}
<p class="note">${paperSource && `${paperSourceSentence(paperSource)} `}${coverage(study.seeds)} ${
    partial(cells, study)
  }</p>
${await claims(results)}
${await curves(results)}`;
}

async function claims({ experiment, judgements }: ExperimentResults): Promise<Html | null> {
  if (judgements.length === 0) return null;
  return markup`<h3>Claims and verdicts</h3>
${await claimsTable(experiment.id, judgements)}`;
}

async function curves({ experiment, curves }: ExperimentResults): Promise<Html | null> {
  if (curves.length === 0) return null;
  return markup`<h3>Training curves</h3>
<p>Loss by epoch, a line for each seed. Losses of different methods are different quantities; within a method all
charts share an axis.</p>
${await curveFigures(experiment.id, { curves, methodName })}`;
}

function footer({ command }: StudyResults): Html {
  return markup`<p>A replication of E. Cole, X. Yang, K. Wilber, O. Mac Aodha and S. Belongie, “When Does Contrastive
Visual Representation Learning Work?”, CVPR 2022, arXiv 2105.05837.</p>
<p>Written by <code class="command">${command}</code>. This page is one file and asks the network for nothing.</p>
`;
}
