import { levelsToShow } from "@/lib/data/contact_rows.ts";
import { contactSheet, unlabelledSheet } from "@/lib/data/contact_sheet.ts";
import { readPack } from "@/lib/data/pack.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

// Small enough for the sheets of four domains to fit into a report of a few megabytes.
const px = 36;

/**
 * Draws contact sheets of a domain's training images at up to three levels of its label tree, coarsest first, and one of its
 * images without labels, whose level is `null`.
 */
export async function work(job: Job<"sheet">): Promise<InfoOf<"sheet">> {
  const { rows, columns } = job.step.spec;
  const pack = await readPack(job.inputs.images);
  const look = { rows, columns, px, seed: 0, palette: true };
  const sheets = [];
  const levels = pack.train > 0 ? levelsToShow(pack.hierarchy, rows) : [];
  for (const [i, level] of levels.entries()) {
    const { png, rows: shown } = await contactSheet(pack, { ...look, level });
    await writeArray(`${job.out}/sheet-${i}.png`, png);
    sheets.push({ level, classes: shown.map(({ name }) => name) });
  }
  if (pack.unlabelled > 0) {
    await writeArray(`${job.out}/sheet-${sheets.length}.png`, await unlabelledSheet(pack, look));
    sheets.push({ level: null, classes: [] });
  }
  return { sheets };
}
