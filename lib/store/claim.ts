import process from "node:process";
import { createExclusive } from "@/lib/base/files.ts";
import type { Store } from "@/lib/store/store.ts";

/** The right to work a step, held by one process at a time. */
export interface Claim {
  /** Gives it back. */
  release(): Promise<void>;
}

/** Who holds a claim. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Tells two processes apart that had the same number one after the other. */
  readonly nonce: string;
}

/** How old a heartbeat may grow, in milliseconds, before its holder on another host counts as dead. */
const patience = 60_000;
const heartbeat = 10_000;

/**
 * Claims a step by exclusive create; a claim whose holder is dead is taken over.
 *
 * @returns The claim, or `null` while another living process holds it.
 */
export async function claimStep(store: Store, key: string): Promise<Claim | null> {
  const path = `${store.root}/claims/${key}.json`;
  const me: Holder = { host: Deno.hostname(), pid: Deno.pid, nonce: crypto.randomUUID() };
  const text = JSON.stringify(me);
  if (!await createExclusive(path, text)) {
    if (!await removeDead(path) || !await createExclusive(path, text)) return null;
  }
  const beat = setInterval(() => {
    const now = new Date();
    Deno.utime(path, now, now).catch(() => {});
  }, heartbeat);
  return {
    async release() {
      clearInterval(beat);
      // Only one's own: it may have been taken over while this process was stopped.
      if (await read(path) === text) await Deno.remove(path).catch(() => {});
    },
  };
}

/** Clears a claim whose holder is dead; says whether the place is free now. */
async function removeDead(path: string): Promise<boolean> {
  const held = await read(path);
  if (held === null) return true;
  if (await isAlive(path, held)) return false;
  // Renaming lets only one of several takers win.
  const aside = `${path}.${crypto.randomUUID()}.dead`;
  try {
    await Deno.rename(path, aside);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
  const moved = await read(aside);
  if (moved !== held && moved !== null) await createExclusive(path, moved);
  await Deno.remove(aside).catch(() => {});
  return moved === held;
}

async function isAlive(path: string, text: string): Promise<boolean> {
  let holder: Partial<Holder>;
  try {
    holder = JSON.parse(text);
  } catch {
    return false;
  }
  if (holder.host === Deno.hostname() && holder.pid !== undefined && !runs(holder.pid)) {
    return false;
  }
  try {
    const { mtime } = await Deno.stat(path);
    return mtime !== null && Date.now() - mtime.getTime() < patience;
  } catch {
    return false;
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be signalled, but it runs.
    return (error as { code?: string }).code === "EPERM";
  }
}

async function read(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
