import process from "node:process";
import { createExclusive, exists } from "@/lib/base/files.ts";
import { type ClaimWatch, isPast, look, patience, watchClaims } from "@/lib/store/claim_watch.ts";
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

const heartbeat = patience / 6;

/**
 * Claims a step by exclusive create; a claim whose holder is dead is taken over.
 *
 * @param watch What was seen of the store's claims before: without it a holder whose clock is ahead counts as alive.
 * @returns The claim, or `null` while another living process holds it.
 */
export async function claimStep(
  store: Store,
  key: string,
  watch: ClaimWatch = watchClaims(store),
): Promise<Claim | null> {
  const path = pathOf(store, key);
  const me: Holder = { host: Deno.hostname(), pid: Deno.pid, nonce: crypto.randomUUID() };
  const text = JSON.stringify(me);
  if (!await createExclusive(path, text)) {
    if (await isAlive(path, watch)) return null;
    if (!await takeOver(path, { text, watch })) return null;
  }
  return await held(path, text);
}

/** Whether anybody, living or dead, holds a step. */
export async function isClaimed(store: Store, key: string): Promise<boolean> {
  return await exists(pathOf(store, key));
}

function pathOf(store: Store, key: string): string {
  return `${store.root}/claims/${key}.json`;
}

/** Keeps a claim that was just made: it beats until it is released. */
async function held(path: string, text: string): Promise<Claim> {
  const bytes = new TextEncoder().encode(text);
  // Held open: were the claim taken over while this process is stopped, the beat would go to the file that is gone.
  const file = await Deno.open(path, { read: true, write: true });
  const beat = setInterval(() => {
    // Written and not touched with a time, so that the file system's clock stamps it and not this host's.
    file.seek(0, Deno.SeekMode.Start).then(() => file.write(bytes)).then(() => file.sync())
      .catch(() => {});
  }, heartbeat);
  return {
    async release() {
      clearInterval(beat);
      file.close();
      // Only one's own: it may have been taken over while this process was stopped.
      if ((await look(path))?.text === text) await Deno.remove(path).catch(() => {});
    },
  };
}

/**
 * Replaces a claim whose holder is dead by one's own. Takers exclude each other by a second file, so that none can mistake
 * the claim that another has just made for the dead one; whoever holds it keeps it for milliseconds.
 */
async function takeOver(
  path: string,
  { text, watch }: { readonly text: string; readonly watch: ClaimWatch },
): Promise<boolean> {
  const taking = `${path}.taking`;
  if (!await createExclusive(taking, text)) {
    // A taker that died in these milliseconds must not block the step for good.
    if (!await isAlive(taking, watch)) await Deno.remove(taking).catch(() => {});
    return false;
  }
  try {
    if (await isAlive(path, watch)) return false;
    await Deno.remove(path).catch(() => {});
    return await createExclusive(path, text);
  } finally {
    await Deno.remove(taking).catch(() => {});
  }
}

/** Whether a claim's holder may be at work; a claim that is gone has none. */
async function isAlive(path: string, watch: ClaimWatch): Promise<boolean> {
  const seen = await look(path);
  if (seen === null) return false;
  let holder: Partial<Holder>;
  try {
    holder = JSON.parse(seen.text);
  } catch {
    return false;
  }
  if (holder.host === Deno.hostname() && holder.pid !== undefined && !runs(holder.pid)) {
    return false;
  }
  return !watch.isStill(path, seen) && !await isPast(path, seen);
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
