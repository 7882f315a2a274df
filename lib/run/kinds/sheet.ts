import { contactSheet } from "@/lib/data/contact_sheet.ts";
import { readPack } from "@/lib/data/pack.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import type { Info, Job } from "@/lib/run/job.ts";

/** Draws a contact sheet of a domain's training images. */
export async function work(job: Job): Promise<Info> {
  const { rows, columns } = job.step.spec as { rows: number; columns: number };
  const pack = await readPack(job.inputs.images!);
  await writeArray(`${job.out}/sheet.png`, await contactSheet(pack, { rows, columns, seed: 0 }));
  return { rows, columns };
}
