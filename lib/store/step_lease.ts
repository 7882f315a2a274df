import { exists, namesIn } from "@/lib/base/files.ts";
import { type Holder, isGone } from "@/lib/base/holder.ts";
import { isAlive, type Lease, takeLease } from "@/lib/base/lease.ts";
import { type LeaseWatch, watchLeases } from "@/lib/base/lease_watch.ts";
import type { Store } from "@/lib/store/store.ts";

/** Watches the leases of a store's steps: see {@linkcode watchLeases}. */
export function watchSteps(
  store: Store,
  options: { readonly now?: () => number } = {},
): LeaseWatch {
  return watchLeases(folderOf(store), options);
}

/**
 * Takes the lease of a step: the right to work it.
 *
 * @param watch What was seen of the store's leases before: see {@linkcode takeLease}.
 * @returns The lease, or `null` while another living process holds it.
 */
export async function leaseStep(
  store: Store,
  key: string,
  watch: LeaseWatch = watchSteps(store),
): Promise<Lease | null> {
  return await takeLease(pathOf(store, key), watch);
}

/**
 * The keys of all steps that may be under way.
 *
 * @param options `remove`: whether leases of dead holders are taken away, as far as it can be told at once that they are dead; else
 * nothing is changed, and whoever holds one counts as living.
 */
export async function settleLeases(
  store: Store,
  { remove }: { readonly remove: boolean },
): Promise<readonly string[]> {
  const keys = await leasedKeys(store);
  if (!remove) return keys;
  const watch = watchSteps(store);
  const held: string[] = [];
  for (const key of keys) {
    const lease = await leaseStep(store, key, watch);
    if (lease === null) held.push(key);
    else await lease.release();
  }
  return held;
}

/** Who holds a step, or held it when it was last written. */
export type Holding = Pick<Holder, "host" | "pid">;

/** Everybody who holds a step of a store, by its key; but for those processes of this machine that are gone. */
export async function heldSteps(store: Store): Promise<ReadonlyMap<string, Holding>> {
  const held = new Map<string, Holding>();
  for (const key of await leasedKeys(store)) {
    try {
      const holder = JSON.parse(await Deno.readTextFile(pathOf(store, key))) as Partial<Holder>;
      const { host, pid } = holder;
      if (host !== undefined && pid !== undefined && !isGone(holder)) held.set(key, { host, pid });
    } catch {
      // It was given back meanwhile, or is just being written.
    }
  }
  return held;
}

/**
 * Whether somebody holds a step, as far as one sees: a holder elsewhere that is gone is known by its standing still for minutes.
 *
 * @param watch What was seen of the store's leases before.
 */
export async function isStepHeld(store: Store, key: string, watch: LeaseWatch): Promise<boolean> {
  return await isAlive(pathOf(store, key), watch);
}

/** Whether anybody, living or dead, holds a step. */
export async function isLeased(store: Store, key: string): Promise<boolean> {
  return await exists(pathOf(store, key));
}

async function leasedKeys(store: Store): Promise<readonly string[]> {
  const names = await namesIn(folderOf(store));
  return names.flatMap((name) => /^([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? []);
}

function folderOf({ root }: Store): string {
  return `${root}/claims`;
}

function pathOf(store: Store, key: string): string {
  return `${folderOf(store)}/${key}.json`;
}
