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
    const held = await read(path);
    if (held !== null && await isAlive(path, held)) return null;
    if (!await takeOver(path, text)) return null;
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

/**
 * Replaces a claim whose holder is dead by one's own. Takers exclude each other by a second file, so that none can mistake
 * the claim that another has just made for the dead one; whoever holds it keeps it for milliseconds.
 */
async function takeOver(path: string, text: string): Promise<boolean> {
  const taking = `${path}.taking`;
  if (!await createExclusive(taking, text)) {
    // A taker that died in these milliseconds must not block the step for good.
    if (await isStale(taking)) await Deno.remove(taking).catch(() => {});
    return false;
  }
  try {
    const held = await read(path);
    if (held !== null) {
      if (await isAlive(path, held)) return false;
      await Deno.remove(path).catch(() => {});
    }
    return await createExclusive(path, text);
  } finally {
    await Deno.remove(taking).catch(() => {});
  }
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
  return !await isStale(path);
}

/** Whether nobody has touched a file for longer than a living holder would let pass; a file that is gone counts. */
async function isStale(path: string): Promise<boolean> {
  try {
    const { mtime } = await Deno.stat(path);
    return mtime === null || Date.now() - mtime.getTime() >= patience;
  } catch {
    return true;
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
