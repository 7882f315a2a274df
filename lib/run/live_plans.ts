import { isGone } from "@/lib/base/holder.ts";
import { planFolder, plansIn } from "@/lib/run/work_plan.ts";
import { holderOf, type WorkerNote, workersOf } from "@/lib/run/worker_note.ts";
import type { Store } from "@/lib/store/mod.ts";

// Milliseconds. A worker writes its note every half a minute; clocks may differ by hours. A batch system may begin late.
const silent = 24 * 60 * 60 * 1000, queued = 30 * silent;

/** Whether a worker may still be at work, as far as its note tells. */
export function isAtWork(note: WorkerNote): boolean {
  return note.end === null && !isGone(holderOf(note)) &&
    Math.abs(Date.now() - Date.parse(note.at)) < silent;
}

/**
 * The plans of a store that a worker is at or, where none has come yet or jobs of a batch system were submitted, that somebody
 * wrote or submitted within a month: jobs may wait long, and for each other.
 */
export async function livePlans(store: Store): Promise<readonly string[]> {
  const live: string[] = [];
  for (const { id, at } of (await plansIn(store)).plans) {
    const workers = await workersOf(store, id);
    const submitted = await Deno.stat(`${planFolder(store, id)}/jobs`).catch(() => undefined);
    const since = submitted?.mtime ?? (workers.length === 0 ? at : undefined);
    const isQueued = since !== undefined && Date.now() - since.getTime() < queued;
    if (isQueued || workers.some(isAtWork)) live.push(id);
  }
  return live;
}
