import { count, type Html, markup } from "@/lib/report/mod.ts";
import type { StudyResults } from "@/lib/results/mod.ts";
import { answerSentences } from "@/reports/answer.ts";
import { coverage } from "@/reports/intervals.ts";

/** The title of the study, which is the paper's question. */
export const studyTitle = "When does contrastive visual representation learning work?";

/** What stands at the top: the title, and what the reader has before them. */
export function masthead(study: StudyResults): Html {
  const { scale, seeds, rows, planned } = study;
  const facts = [
    ["Scale", scale.name],
    ["Images", `${imageKind(study)}, ${scale.pixels} px`],
    ["Seeds", count(seeds)],
    ["Numbers measured", `${count(rows.length)} of ${count(planned)}`],
  ].map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return markup`<p class="kicker">A replication of Cole, Yang, Wilber, Mac Aodha and Belongie, CVPR 2022</p>
<h1>${studyTitle}</h1>
<dl class="facts">${facts}</dl>
`;
}

/** The answer in a few sentences, drawn from the verdicts, and what limits it. */
export function answer(study: StudyResults): Html {
  return markup`<div class="answer" role="region" aria-labelledby="answer-title">
<h2 id="answer-title">The answer at this scale</h2>
<p>${answerSentences(study).join(" ")}</p>
<p class="muted">${limits(study)}</p>
</div>
`;
}

function limits(study: StudyResults): string {
  const sentences = [coverage(study.seeds)];
  if (imageKind(study) !== "photographs") {
    sentences.unshift(
      "Images drawn by this project are no photographs: levels of accuracy cannot be compared with the paper’s, orderings can.",
    );
  }
  if (study.scale.name === "smoke") {
    sentences.unshift(
      "The scale smoke only tests that everything runs: its numbers mean nothing.",
    );
  }
  return sentences.join(" ");
}

function imageKind({ domains }: StudyResults): "synthetic" | "photographs" | "partly synthetic" {
  const drawn = [...domains.values()].filter((domain) => domain.dataset === "world").length;
  if (drawn === 0) return "photographs";
  return drawn === domains.size ? "synthetic" : "partly synthetic";
}
