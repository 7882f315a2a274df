import { isGone } from "@/lib/base/holder.ts";
import { plansIn } from "@/lib/run/work_plan.ts";
import { holderOf, type WorkerNote, workersOf } from "@/lib/run/worker_note.ts";
import type { Store } from "@/lib/store/mod.ts";

// Milliseconds. A worker writes its note every half a minute; clocks may differ by hours. A batch system may begin late.
const silent = 24 * 60 * 60 * 1000, queued = 30 * silent;

/** Whether a worker may still be at work, as far as its note tells. */
export function isAtWork(note: WorkerNote): boolean {
  return note.end === null && !isGone(holderOf(note)) &&
    Math.abs(Date.now() - Date.parse(note.at)) < silent;
}

/** The plans of a store that a worker is at or, where none has come yet, that were written within a month. */
export async function livePlans(store: Store): Promise<readonly string[]> {
  const live: string[] = [];
  for (const { id, at } of await plansIn(store)) {
    const workers = await workersOf(store, id);
    const isQueued = workers.length === 0 && Date.now() - at.getTime() < queued;
    if (isQueued || workers.some(isAtWork)) live.push(id);
  }
  return live;
}
