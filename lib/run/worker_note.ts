import * as z from "zod";
import { namesIn, writeAtomic } from "@/lib/base/files.ts";
import { type Holder, newHolder } from "@/lib/base/holder.ts";
import type { RunEvent } from "@/lib/run/events.ts";
import { planFolder } from "@/lib/run/work_plan.ts";
import type { Store } from "@/lib/store/mod.ts";

const note = z.strictObject({
  /** Its name; that of its file. */
  worker: z.string(),
  host: z.string(),
  space: z.string(),
  pid: z.number(),
  /** ISO 8601, by its own clock, as all times here. */
  since: z.string(),
  /** When this was written. */
  at: z.string(),
  /** `cpu`, `gpu` or `gpu:N`. */
  device: z.string(),
  jobs: z.number(),
  /** The job of a batch system that it is part of. */
  slurm: z.strictObject({ job: z.string(), array: z.string().optional() }).nullable(),
  /** What its processes are at. */
  steps: z.array(z.strictObject({
    key: z.string(),
    since: z.string(),
    pid: z.number(),
    done: z.number().optional(),
    total: z.number().optional(),
    unit: z.string().optional(),
  })),
  /** Steps that it has worked and that failed with it. */
  worked: z.number(),
  failed: z.number(),
  end: z.strictObject({ at: z.string(), why: z.string() }).nullable(),
});

/** What a worker tells of itself in a plan's folder, for whoever watches. */
export type WorkerNote = Readonly<z.output<typeof note>>;

/** Keeps a worker's note. */
export interface NoteKeeper {
  /** Its name in the notes and in attempts. */
  readonly worker: string;
  /** Takes what a run reports. */
  onEvent(event: RunEvent): void;
  /** Writes why it left. The note stays. */
  end(why: string): Promise<void>;
}

// Milliseconds between two writings, at least; and at most, so that one sees that it lives.
const leastPause = 2000, longestPause = 30_000;

function folderOf(store: Store, plan: string): string {
  return `${planFolder(store, plan)}/workers`;
}

/** Begins the note of a worker of a plan, which is this process. */
export async function keepNote(
  store: Store,
  plan: string,
  { device, jobs }: Pick<WorkerNote, "device" | "jobs">,
): Promise<NoteKeeper> {
  const { nonce: worker, ...me } = newHolder();
  const now = () => new Date().toISOString();
  let told: WorkerNote = {
    ...{ worker, ...me, since: now(), at: now(), device, jobs },
    ...{ slurm: slurmJob(), steps: [], worked: 0, failed: 0, end: null },
  };
  const path = `${folderOf(store, plan)}/${worker}.json`;
  await Deno.mkdir(folderOf(store, plan), { recursive: true });
  let writing: Promise<void> | undefined, written = performance.now();
  const write = async () => {
    written = performance.now();
    told = { ...told, at: now() };
    // Whoever watches sees less; the work goes on.
    await writeAtomic(path, `${JSON.stringify(told)}\n`, { sync: false }).catch(() => {});
  };
  const writeSoon = (pause: number) => {
    if (writing !== undefined || performance.now() - written < pause) return;
    writing = write().finally(() => writing = undefined);
  };
  await write();
  const pulse = setInterval(() => writeSoon(0), longestPause);
  return {
    worker,
    onEvent(event) {
      const { key } = event.step;
      const others = told.steps.filter((step) => step.key !== key);
      if (event.type === "started") {
        told = { ...told, steps: [...others, { key, since: now(), pid: event.pid }] };
      } else if (event.type === "progress") {
        const { done, total, unit } = event;
        const steps = told.steps.map((one) =>
          one.key === key ? { ...one, done, total, unit } : one
        );
        told = { ...told, steps };
      } else if (["done", "failed", "again", "given back"].includes(event.type)) {
        const worked = told.worked + Number(event.type === "done");
        const failed = told.failed + Number(event.type === "failed");
        told = { ...told, steps: others, worked, failed };
      }
      writeSoon(leastPause);
    },
    async end(why) {
      clearInterval(pulse);
      await writing;
      told = { ...told, steps: [], end: { at: now(), why } };
      await write();
    },
  };
}

/** The notes of a plan's workers, those that are gone too, in no order. */
export async function workersOf(store: Store, plan: string): Promise<readonly WorkerNote[]> {
  return await notesIn(folderOf(store, plan), note);
}

async function notesIn<T>(folder: string, schema: z.ZodType<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for (const name of (await namesIn(folder)).sort()) {
    if (!name.endsWith(".json")) continue;
    try {
      found.push(schema.parse(JSON.parse(await Deno.readTextFile(`${folder}/${name}`))));
    } catch {
      // Of another version, or damaged: it tells nothing.
    }
  }
  return found;
}

const blame = z.strictObject({
  host: z.string(),
  at: z.string(),
  worker: z.string(),
  reason: z.string(),
});

/** That a machine fails whatever it begins, as a worker on it found. */
export type HostNote = Readonly<z.output<typeof blame>>;

/** The machines that fail whatever they begin of a plan, by their names. */
export async function blamedHosts(store: Store, plan: string): Promise<readonly HostNote[]> {
  return await notesIn(`${planFolder(store, plan)}/hosts`, blame);
}

/** Notes in a plan's folder that a machine fails whatever it begins. */
export async function noteHost(
  store: Store,
  plan: string,
  { worker, reason }: { readonly worker: string; readonly reason: string },
): Promise<void> {
  const folder = `${planFolder(store, plan)}/hosts`, host = Deno.hostname();
  await Deno.mkdir(folder, { recursive: true });
  const text = JSON.stringify({ host, at: new Date().toISOString(), worker, reason });
  await writeAtomic(`${folder}/${host}.json`, `${text}\n`, { sync: false });
}

function slurmJob(): WorkerNote["slurm"] {
  const read = (name: string) => Deno.env.get(name);
  const job = read("SLURM_JOB_ID"), array = read("SLURM_ARRAY_JOB_ID");
  if (job === undefined) return null;
  return {
    job,
    ...array !== undefined && { array: `${array}_${read("SLURM_ARRAY_TASK_ID") ?? ""}` },
  };
}

/** The process that a note is of. */
export function holderOf({ host, space, pid, worker }: WorkerNote): Holder {
  return { host, space, pid, nonce: worker };
}
