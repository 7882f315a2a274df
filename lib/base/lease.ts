import { dirname } from "node:path";
import { createExclusive } from "@/lib/base/files.ts";
import { type Holder, isGone, newHolder } from "@/lib/base/holder.ts";
import { type LeaseWatch, look, patience, type Seen, watchLeases } from "@/lib/base/lease_watch.ts";

/** By what one sees whether a lease is still held by the same holder, from another process too. */
export interface LeaseMark {
  /** Its file. */
  readonly path: string;
  readonly nonce: string;
}

/** The right to do something, held by one process at a time; one that is killed or falls silent loses it. */
export interface Lease extends LeaseMark {
  /** Aborts when it is seen that another has taken it over. */
  readonly lost: AbortSignal;
  /** Gives it back. */
  release(): Promise<void>;
}

/** What was to be done under a lease was not done, because it is held no more. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor({ path }: LeaseMark) {
    super(`${path} is held by somebody else`);
  }
}

const heartbeat = patience / 8;

// Milliseconds between two tries of who waits.
const pause = 300;

/**
 * Takes a lease by exclusive create; one whose holder is gone is taken over. Its holder counts on in it, so that others see it
 * move: no clock of one host is compared with that of another, nor with the file system's.
 *
 * After a machine sleeps two may think that they hold it: what is done under it ends in an atomic step, before which the
 * holder asks {@linkcode isHeld}.
 *
 * @param path Its file, in a folder that is there.
 * @param watch What was seen of the folder's leases before: by it alone one knows that a holder elsewhere is gone.
 * @returns The lease, or `null` while another living process holds it.
 */
export async function takeLease(
  path: string,
  watch: LeaseWatch = watchLeases(dirname(path)),
): Promise<Lease | null> {
  const me = newHolder();
  const text = textOf(me, 0);
  if (!await createExclusive(path, text)) {
    if (await isAlive(path, watch)) return null;
    if (!await takeOver(path, { text, watch })) return null;
  }
  return await held(path, me);
}

/** Whether a lease is held by the holder that it was marked for, and not gone or taken over. */
export async function isHeld({ path, nonce }: LeaseMark): Promise<boolean> {
  const seen = await look(path);
  return seen !== null && holderIn(seen)?.nonce === nonce;
}

/**
 * Does something under a lease, and waits for it while another process holds it.
 *
 * @param path As for {@linkcode takeLease}.
 * @param options `onWait` is called now and then while another holds it; `watch` as for `takeLease()`.
 */
export async function withLease<T>(
  path: string,
  { onWait = () => {}, watch = watchLeases(dirname(path)) }: {
    readonly onWait?: () => void;
    readonly watch?: LeaseWatch;
  },
  body: () => Promise<T>,
): Promise<T> {
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

/** The file's text, as long whatever the count. */
function textOf(holder: Holder, count: number): string {
  return JSON.stringify({ ...holder, count: String(count).padStart(9, "0") });
}

function holderIn({ text }: Seen): Partial<Holder> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // It is just being written, or was damaged.
    return undefined;
  }
}

/** Keeps a lease that was just taken: it counts on until it is released or lost. */
async function held(path: string, me: Holder): Promise<Lease> {
  const { nonce } = me;
  const lost = new AbortController();
  // Held open: were the lease taken over while this process is stopped, the count would go to the file that is gone.
  const file = await Deno.open(path, { read: true, write: true });
  let count = 0;
  const beat = async () => {
    if (!await isHeld({ path, nonce })) {
      clearInterval(beats);
      return lost.abort();
    }
    await file.seek(0, Deno.SeekMode.Start);
    await file.write(new TextEncoder().encode(textOf(me, ++count)));
    await file.sync();
  };
  // What cannot be read or written just now may be the next time.
  const beats = setInterval(() => void beat().catch(() => {}), heartbeat);
  return {
    path,
    nonce,
    lost: lost.signal,
    async release() {
      clearInterval(beats);
      file.close();
      // Only one's own: it may have been taken over while this process was stopped.
      if (await isHeld({ path, nonce })) await Deno.remove(path).catch(() => {});
    },
  };
}

/**
 * Replaces a lease whose holder is gone by one's own. Takers exclude each other by a second file, so that none can mistake
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
    const seen = await look(path);
    if (seen !== null && (mayBeAlive(path, { seen, watch }) || !await removeSeen(path, seen))) {
      return false;
    }
    return await createExclusive(path, text);
  } finally {
    await Deno.remove(taking).catch(() => {});
  }
}

/** Removes a lease unless it has moved since it was seen: its holder may have woken and given it back, to another. */
async function removeSeen(path: string, { text }: Seen): Promise<boolean> {
  const aside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await Deno.rename(path, aside);
    if ((await look(aside))?.text === text) return true;
    await Deno.link(aside, path).catch(() => {});
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  } finally {
    await Deno.remove(aside).catch(() => {});
  }
}

/** Whether a lease is there and its holder may be at work. */
export async function isAlive(path: string, watch: LeaseWatch): Promise<boolean> {
  const seen = await look(path);
  return seen !== null && mayBeAlive(path, { seen, watch });
}

function mayBeAlive(
  path: string,
  { seen, watch }: { readonly seen: Seen; readonly watch: LeaseWatch },
): boolean {
  return !isGone(holderIn(seen) ?? {}) && !watch.isStill(path, seen);
}
