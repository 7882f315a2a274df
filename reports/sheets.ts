import { type Html, markup, plural, sheetFigures } from "@/lib/report/mod.ts";
import type { StudyResults } from "@/lib/results/mod.ts";
import { paperName } from "@/reports/names.ts";

/** The contact sheet of every domain, and what its images are. */
export function sheets({ sheets, domains }: StudyResults): Html {
  const byRole = new Map([...domains].map(([role, domain]) => [role as string, domain]));
  const figures = sheets.flatMap(({ role, bytes }) => {
    const domain = byRole.get(role);
    if (domain === undefined) return [];
    const stands = paperName(role);
    const place = stands === undefined ? "" : ` (in the place of ${stands})`;
    const origin = domain.dataset === "world"
      ? `${domain.source}: synthetic, drawn by this project`
      : `from ${domain.source}`;
    const counts = `${plural(domain.trainImages, "training image")}, ${
      plural(domain.testImages, "test image")
    }; labels: ${domain.levels.join(", ")}`;
    return [{
      bytes,
      alt: `Contact sheet of training images of ${role}`,
      caption: markup`<strong>${role}</strong>${place}: ${origin}. ${counts}.`,
    }];
  });
  return markup`<p>A few of each domain’s training images, as the networks see them before augmentation.</p>
${sheetFigures(figures)}`;
}
