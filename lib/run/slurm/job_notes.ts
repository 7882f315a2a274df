import { basename } from "node:path";
import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { exists, namesIn, writeAtomic } from "@/lib/base/files.ts";
import type { Attempt } from "@/lib/run/attempts.ts";
import { classNames } from "@/lib/run/slurm/settings.ts";
import { workersOf } from "@/lib/run/worker_note.ts";
import type { Store } from "@/lib/store/mod.ts";

const note = z.strictObject({
  /** The number of the job array. */
  job: z.string().regex(/^\d+$/),
  class: z.enum(classNames),
  workers: z.int().positive(),
  /** The array whose end it waits for. */
  after: z.string().optional(),
  /** When and where it was submitted. */
  at: z.string(),
  host: z.string(),
});

/** What is kept of a job array that was submitted for a plan. */
export type JobNote = z.output<typeof note>;

/** The folder of a plan's jobs: a note of each array, and the log of each element as `<job>_<element>.log`. */
export function jobsFolder(store: Store, plan: string): string {
  return `${store.root}/plans/${plan}/jobs`;
}

/** Keeps a note of a job array. */
export async function noteJob(store: Store, plan: string, told: JobNote): Promise<void> {
  await writeAtomic(`${jobsFolder(store, plan)}/${told.job}.json`, `${JSON.stringify(told)}\n`);
}

/**
 * The job arrays that were submitted for a plan, the first submitted first.
 *
 * @throws {InputError} If a note is damaged.
 */
export async function jobsOf(store: Store, plan: string): Promise<readonly JobNote[]> {
  const folder = jobsFolder(store, plan);
  const names = (await namesIn(folder)).filter((name) => /^\d+\.json$/.test(name));
  const notes = await Promise.all(names.map((name) => readJobNote(`${folder}/${name}`)));
  return notes.toSorted((a, b) => Number(a.job) - Number(b.job));
}

/** Reads a note; one that is passed over would be a job that nobody ends. */
async function readJobNote(path: string): Promise<JobNote> {
  try {
    return note.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    throw new InputError(
      path,
      "this note of a job array cannot be read",
      `Remove it, and end the job ${basename(path, ".json")} with scancel if it is in the queue`,
      { cause: error },
    );
  }
}

/** The log of the job by which an attempt was made; nothing where none was, or its log is gone. */
export async function jobLogOf(
  store: Store,
  { plan, worker }: Pick<Attempt, "plan" | "worker">,
): Promise<string | undefined> {
  if (plan === null) return undefined;
  const made = (await workersOf(store, plan)).find((one) => one.worker === worker);
  const path = `${jobsFolder(store, plan)}/${made?.slurm?.array}.log`;
  return made?.slurm?.array !== undefined && await exists(path) ? path : undefined;
}
