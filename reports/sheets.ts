import { type Html, markup, plural, sheetFigures } from "@/lib/report/mod.ts";
import type { StudyDomain, StudyResults } from "@/lib/results/mod.ts";
import { corruptionTitle, paperName } from "@/reports/names.ts";

/** The contact sheets of every domain, what its images are, and what was done to those that were corrupted. */
export function sheets(study: StudyResults): Html {
  const domains = [...study.domains].map(([role, domain]) => domainSheets(study, { role, domain }));
  return markup`<p>A few of each domain’s training images, as the networks see them before augmentation. Each row is a
class; a domain is shown by a coarse level of its labels, by its finest, and by one between where it has more.</p>
${domains}
${corruptions(study)}`;
}

function domainSheets(
  { sheets }: StudyResults,
  { role, domain }: { readonly role: string; readonly domain: StudyDomain },
): Html {
  const figures = sheets.filter((sheet) => sheet.role === role).map((sheet) => ({
    bytes: sheet.bytes,
    alt: `Contact sheet of training images of ${role}, a row a class of the level ${sheet.level}`,
    caption: markup`<strong>by ${sheet.level}</strong>: ${sheet.classes.join("; ")}`,
  }));
  const stands = paperName(role);
  const place = stands === undefined ? "" : `In the place of ${stands}. `;
  const origin = domain.dataset === "world"
    ? `${domain.source}: synthetic, drawn by this project`
    : domain.source;
  const counts = `${plural(domain.trainImages, "training image")}, ${
    plural(domain.testImages, "test image")
  }; labels: ${domain.levels.join(", ")}`;
  return markup`<h3>${role}</h3>
<p>${place}Source: ${origin}. ${counts}.</p>
${sheetFigures(figures)}`;
}

/** Samples of every corruption that was pretrained on; nothing where none was. */
function corruptions({ samples }: StudyResults): Html | null {
  if (samples.length === 0) return null;
  const figures = samples.map(({ role, corruption, bytes }) => ({
    bytes,
    alt: `Training images of ${role}, and below them the same after ${corruptionTitle(corruption)}`,
    caption: markup`<strong>${
      corruptionTitle(corruption)
    }</strong>: images of ${role} as they are, and as
pretraining sees them`,
  }));
  return markup`<h3>Corrupted pretraining images</h3>
<p>What was done to the images of some pretrainings, each image once and for all; probes always see clean images. The
pixels are enlarged to be seen; of a large image its middle is shown.</p>
${sheetFigures(figures)}`;
}
