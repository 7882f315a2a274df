import process from "node:process";
import { dirname } from "node:path";
import { createExclusive } from "@/lib/base/files.ts";
import { isPast, type LeaseWatch, look, patience, watchLeases } from "@/lib/base/lease_watch.ts";

/** The right to do something, held by one process at a time; one that is killed or falls silent loses it. */
export interface Lease {
  /** Gives it back. */
  release(): Promise<void>;
}

/** Who holds a lease. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Tells two processes apart that had the same number one after the other. */
  readonly nonce: string;
}

const heartbeat = patience / 6;

// Milliseconds between two tries of who waits.
const pause = 300;

/**
 * Takes a lease by exclusive create; one whose holder is dead is taken over.
 *
 * It spares work and is not what keeps data whole: after a machine sleeps two may hold it at once, so that what is done under
 * it must end in an atomic step.
 *
 * @param path Its file, in a folder that is there.
 * @param watch What was seen of the folder's leases before: without it a holder whose clock is ahead counts as alive.
 * @returns The lease, or `null` while another living process holds it.
 */
export async function takeLease(
  path: string,
  watch: LeaseWatch = watchLeases(dirname(path)),
): Promise<Lease | null> {
  const me: Holder = { host: Deno.hostname(), pid: Deno.pid, nonce: crypto.randomUUID() };
  const text = JSON.stringify(me);
  if (!await createExclusive(path, text)) {
    if (await isAlive(path, watch)) return null;
    if (!await takeOver(path, { text, watch })) return null;
  }
  return await held(path, text);
}

/**
 * Does something under a lease, and waits for it while another process holds it.
 *
 * @param path As for {@linkcode takeLease}.
 * @param options `onWait` is called now and then while another holds it.
 */
export async function withLease<T>(
  path: string,
  { onWait = () => {} }: { readonly onWait?: () => void },
  body: () => Promise<T>,
): Promise<T> {
  const watch = watchLeases(dirname(path));
  let lease: Lease | null;
  while ((lease = await takeLease(path, watch)) === null) {
    onWait();
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  try {
    return await body();
  } finally {
    await lease.release();
  }
}

/** Keeps a lease that was just taken: it beats until it is released. */
async function held(path: string, text: string): Promise<Lease> {
  const bytes = new TextEncoder().encode(text);
  // Held open: were the lease taken over while this process is stopped, the beat would go to the file that is gone.
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
 * Replaces a lease whose holder is dead by one's own. Takers exclude each other by a second file, so that none can mistake
 * the lease that another has just taken for the dead one; whoever holds it keeps it for milliseconds.
 */
async function takeOver(
  path: string,
  { text, watch }: { readonly text: string; readonly watch: LeaseWatch },
): Promise<boolean> {
  const taking = `${path}.taking`;
  if (!await createExclusive(taking, text)) {
    // A taker that died in these milliseconds must not block the others for good.
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

/** Whether a lease's holder may be at work; a lease that is gone has none. */
async function isAlive(path: string, watch: LeaseWatch): Promise<boolean> {
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
