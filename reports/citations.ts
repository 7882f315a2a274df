import { citationId, type Cited, type Html, markup, plural } from "@/lib/report/mod.ts";
import { rowsHash, type StudyResults } from "@/lib/results/mod.ts";
import { studyKind, studyTitle } from "@/reports/title.ts";

/** How to cite the study, and each of its figures and claims. */
export function citations(study: StudyResults, cited: readonly Cited[]): Html {
  const whole = `“${studyTitle(study)}”, ${studyKind(study)}, scale ${study.scale.name}, ${
    plural(study.seeds, "seed")
  }, rows.csv SHA-256 ${rowsHash(study.rows).slice(0, 12)}`;
  const lines = cited.map(({ id, title }) =>
    markup`<li id="${
      citationId(id)
    }"><a href="#${id}">#${id}</a><br>${title}, #${id} in: ${whole}.</li>
`
  );
  return markup`<p>${whole}.</p>
<p class="note">The hash covers the measured numbers: if any of them changes, it changes.</p>
<details><summary>Each figure and claim</summary>
<ul class="cites">${lines}</ul></details>
`;
}
