import { count, type Html, listing, markup, plural, roughly } from "@/lib/report/mod.ts";
import { skippedImages, type StudyResults } from "@/lib/results/mod.ts";
import { answerSentences } from "@/reports/answer.ts";
import { coverage } from "@/reports/intervals.ts";
import { ownAnswer } from "@/reports/own_answer.ts";
import { isOfPaper, studyTitle } from "@/reports/title.ts";

/** What stands at the top: the title, and what the reader has before them. */
export function masthead(study: StudyResults): Html {
  const { scale, pixels, seeds, rows, planned } = study;
  const scales = [...new Set(rows.map((row) => row.scale))];
  const facts = [
    ["Scale", scales.length === 0 ? scale.name : listing(scales)],
    ["Images", `${imageKind(study)}, ${listing(pixels.map(String))} px`],
    ["Seeds", count(seeds)],
    ["Numbers measured", `${count(rows.length)} of ${count(planned)}`],
  ].map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return markup`<p class="kicker">${
    isOfPaper(study)
      ? "A replication of Cole, Yang, Wilber, Mac Aodha and Belongie, CVPR 2022"
      : "A study made with when-contrastive"
  }</p>
<h1>${studyTitle(study)}</h1>
${!isOfPaper(study) && questions(study)}<dl class="facts">${facts}</dl>
${outstanding(study)}${warnings(study)}`;
}

/** What a study asks that is not the paper's. */
function questions({ experiments }: StudyResults): readonly Html[] {
  return experiments.map(({ experiment: { id, title, question } }) =>
    experiments.length === 1
      ? markup`<p class="question">${question}</p>
`
      : markup`<p class="question"><a href="#${id}">${title}</a>: ${question}</p>
`
  );
}

/** What had not been measured when the page was written, of a study that is being worked. */
function outstanding({ outstanding }: StudyResults): Html | null {
  if (outstanding === undefined) return null;
  const { experiments, seconds } = outstanding;
  return markup`<p class="outstanding"><strong>Not complete yet.</strong> Outstanding when this page was written: ${
    listing(experiments.map(({ title }) => title))
  }, about ${
    roughly(seconds)
  } more. Verdicts may still change; reload the page to see the latest.</p>
`;
}

/** What is wrong with the data that the numbers rest on, and which images they lack. */
function warnings({ domains, refused, origins }: StudyResults): readonly Html[] {
  const left = [...refused].map(([role, sentences]) =>
    markup`<p class="warning"><strong>Left out: everything that uses ${role}.</strong> ${sentences}.</p>
`
  );
  const allowed = [...domains].flatMap(([role, domain]) =>
    domain.allowed.map((sentence) =>
      markup`<p class="warning"><strong>Problem with ${role}, allowed:</strong> ${sentence}.</p>
`
    )
  );
  const skipped = skippedImages(domains, origins).map(({ role, images }) => {
    const more = images.length > 5 ? [`${images.length - 5} more`] : [];
    const named = images.slice(0, 5).map(({ name, reason }) => `${name} (${reason})`);
    return markup`<p class="warning"><strong>${
      plural(images.length, "broken image")
    } of ${role} left out:</strong> ${listing([...named, ...more])}.</p>
`;
  });
  return [...left, ...allowed, ...skipped];
}

/** The answer in a few sentences, drawn from the verdicts, and what limits it. */
export function answer(study: StudyResults): Html {
  return markup`<div class="answer" role="region" aria-labelledby="answer-title">
<h2 id="answer-title">The answer at this scale</h2>
<p>${isOfPaper(study) ? answerSentences(study).join(" ") : ownAnswer(study)}</p>
<p class="muted">${limits(study)}</p>
</div>
`;
}

function limits(study: StudyResults): string {
  const sentences = [coverage(study.seeds)];
  if (imageKind(study) !== "photographs") {
    sentences.unshift(
      isOfPaper(study)
        ? "Synthetic images are not photographs: accuracies on them cannot be compared with the paper’s, but their order can."
        : "Synthetic images are not photographs, which may give other answers.",
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
