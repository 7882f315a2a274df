import { type Html, listing, markup, plural, raw, sheetFigures } from "@/lib/report/mod.ts";
import type { StudyDomain, StudyResults } from "@/lib/results/mod.ts";
import { corruptionTitle, methodName, paperName } from "@/reports/names.ts";

/** The contact sheets of every domain, the views that trainings make of its images, and what was done to corrupted ones. */
export async function sheets(study: StudyResults): Promise<Html> {
  const domains = await Promise.all(
    [...study.domains].map(([role, domain], i) =>
      domainSheets(study, { role, domain, isFirst: i === 0 })
    ),
  );
  return markup`<p>A few training images of each domain, as the networks see them before augmentation. Each row is a class; a
domain is shown at a coarse level of its labels, at the finest, and at one in between where there is one.</p>
${domains}
${await views(study)}
${await corruptions(study)}`;
}

async function domainSheets(
  { pictures: { sheets }, question }: StudyResults,
  { role, domain, isFirst }: {
    readonly role: string;
    readonly domain: StudyDomain;
    readonly isFirst: boolean;
  },
): Promise<Html> {
  const figures = sheets.filter((sheet) => sheet.role === role).map(({ bytes, level, classes }) =>
    level === null
      ? {
        bytes,
        alt: `Contact sheet of images of ${role} without labels`,
        caption: markup`<strong>without labels</strong>, drawn at random`,
      }
      : {
        bytes,
        alt: `Contact sheet of training images of ${role}, a row a class of the level ${level}`,
        caption: markup`<strong>by ${level}</strong>: ${classes.join("; ")}`,
      }
  );
  // A user's own images stand for themselves.
  const stands = question === undefined ? paperName(role) : undefined;
  const place = stands === undefined ? "" : `Stands for ${stands}. `;
  const origin = domain.dataset === "world"
    ? `${domain.source}: synthetic, drawn by this project`
    : domain.source;
  const { trainImages, testImages, unlabelledImages, levels } = domain;
  const images = [
    plural(trainImages, "training image"),
    plural(testImages, "test image"),
    ...unlabelledImages === 0 ? [] : [`${plural(unlabelledImages, "image")} without labels`],
  ].join(", ");
  const counts = levels.length === 0 ? images : `${images}; labels: ${levels.join(", ")}`;
  return markup`<h3>${role}</h3>
<p>${place}Source: ${origin}. ${counts}.</p>
${domain.notes.length > 0 && markup`<p class="note">Note: ${domain.notes.join("; ")}.</p>`}
<details${isFirst ? raw(" open") : null}><summary>Contact sheets of ${role}</summary>
${await sheetFigures(figures)}</details>`;
}

/** The views that trainings make of images, where there are any. */
async function views({ pictures: { views } }: StudyResults): Promise<Html | null> {
  if (views.length === 0) return null;
  const figures = views.map(({ role, methods, bytes }) => {
    const names = listing(methods.map(methodName));
    return {
      bytes,
      alt: `Training images of ${role}, each beside the views that ${names} see of it`,
      caption: markup`<strong>${role}, ${names}</strong>`,
    };
  });
  return markup`<h3>Views</h3>
<p>What training sees of an image. The first column is the image; the others are views drawn from it: a random crop,
possibly mirrored, with altered colours. Contrastive methods must match two views of one image among those of others;
supervised training alters images less. All are enlarged to one size.</p>
<details><summary>Views of ${listing([...new Set(views.map(({ role }) => role))])}</summary>
${await sheetFigures(figures)}</details>`;
}

/** Samples of every corruption that was pretrained on; nothing where none was. */
async function corruptions({ pictures: { samples } }: StudyResults): Promise<Html | null> {
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
<p>What was done to the images of some pretrainings, once for each image. Pixels are enlarged; of a large image, the
middle is shown.</p>
<details><summary>${plural(figures.length, "sample")}</summary>
${await sheetFigures(figures)}</details>`;
}
