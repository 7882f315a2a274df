import { patience as leasePatience } from "@/lib/base/lease_watch.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { type Depot, type Looked, MissingFile, type Taken, type Told } from "@/lib/depot/depot.ts";
import type { Manifest } from "@/lib/store/mod.ts";

/** What is told while artifacts go from one depot to another. */
export interface TransferEvents {
  /** Of so many keys it is known whether they have to go. */
  readonly onLook?: (done: number, total: number) => void;
  /** So many bytes of all that have to go are there. */
  readonly onBytes?: (done: number, total: number) => void;
  readonly onTaken?: (manifest: Manifest) => void;
  /** It waits for other processes, which are at so many artifacts. */
  readonly onWait?: (artifacts: number) => unknown;
}

/** What became of artifacts that were to go from one depot to another. */
export interface Transferred {
  readonly taken: readonly string[];
  /** The bytes of their files. */
  readonly bytes: number;
  /** Were there already. */
  readonly there: readonly string[];
  /** Were there with other content, and stay. */
  readonly differ: readonly string[];
  /** Are not where they were to come from. */
  readonly absent: readonly string[];
  /** Another process is at them. */
  readonly busy: readonly string[];
  /** Are damaged where they were to come from. */
  readonly damaged: readonly { readonly key: string; readonly problem: string }[];
}

/** What becomes of a key. */
type Course = Exclude<Taken, { readonly state: "busy" }> | { readonly state: "absent" };

// Requests at once: each waits most of its time. Files are few and long.
const looksAtOnce = 16, takenAtOnce = 4;

// Milliseconds between two tries of who waits.
const pause = 300;

/**
 * Takes artifacts from one depot to another, those that are not there already. Each arrives whole or not at all, so that
 * whoever is killed at it goes on where it was.
 *
 * @param options `replace`: whether artifacts take the place of those with other content; `patience`: how long it waits for other
 * processes at the end, in milliseconds: by default until it is seen that one is gone.
 */
export async function transfer(
  keys: readonly string[],
  { from, to }: { readonly from: Depot; readonly to: Depot },
  { replace, patience = 1.25 * leasePatience, onLook, onBytes, onTaken, onWait = () => {} }:
    & TransferEvents
    & { readonly replace: boolean; readonly patience?: number },
): Promise<Transferred> {
  const ends: Record<Course["state"], string[]> = {
    taken: [],
    there: [],
    differs: [],
    absent: [],
    damaged: [],
  };
  const problems = new Map<string, string>();
  const end = (key: string, course: Course) => {
    ends[course.state].push(key);
    if (course.state === "damaged") problems.set(key, course.problem);
  };

  const wanted = new Map<string, number>();
  let looked = 0, done = 0;
  /** Those of some keys that have to go, in their order. */
  const look = async (some: readonly string[]): Promise<readonly string[]> => {
    const going = new Set<string>();
    await atOnce(some, looksAtOnce, async (key) => {
      const bytes = await lookAt(key, { from, to, replace, end });
      if (bytes !== null) {
        wanted.set(key, bytes);
        going.add(key);
      }
      onLook?.(++looked, keys.length);
    });
    return some.filter((key) => going.has(key));
  };
  /** Takes some, but for those at which another process is. */
  const take = async (some: readonly string[]): Promise<readonly string[]> => {
    const total = sum(wanted.values()), busy: string[] = [];
    await atOnce(some, takenAtOnce, async (key) => {
      const told = await from.look(key);
      if (!isTold(told)) return end(key, lost(told));
      const found = await taking(() =>
        to.take(told, from, { replace, onBytes: (count) => onBytes?.(done += count, total) })
      );
      if (found.state === "busy") return void busy.push(key);
      end(key, found);
      if (found.state === "taken") onTaken?.(told.manifest);
    });
    return busy;
  };

  let busy = await take(await look(keys));
  const began = performance.now();
  while (busy.length > 0 && performance.now() - began < patience) {
    await onWait(busy.length);
    await new Promise((resolve) => setTimeout(resolve, pause));
    looked -= busy.length;
    busy = await take(await look(busy));
  }
  return {
    taken: ends.taken,
    bytes: sum(ends.taken.map((key) => wanted.get(key)!)),
    there: ends.there,
    differ: ends.differs,
    absent: ends.absent,
    busy,
    damaged: ends.damaged.map((key) => ({ key, problem: problems.get(key)! })),
  };
}

/** Takes registrations from one depot to another; gives how many were not there, or only of a later time. */
export async function transferRegistrations(
  { from, to }: { readonly from: Depot; readonly to: Depot },
): Promise<number> {
  let taken = 0;
  for (const one of await from.registrations()) if (await to.register(one)) taken++;
  return taken;
}

/** Does some work on each item, several at once, and no more once one has failed. */
async function atOnce<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const map = (item: T) => work(item).then(() => null, (error: unknown) => ({ error }));
  for await (const failed of orderedMap(items, { limit, map })) {
    if (failed !== null) throw failed.error;
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0);
}

/** How many bytes of a key have to go, or `null` where nothing has. */
async function lookAt(
  key: string,
  { from, to, replace, end }: {
    readonly from: Depot;
    readonly to: Depot;
    readonly replace: boolean;
    readonly end: (key: string, course: Course) => void;
  },
): Promise<number | null> {
  const [told, other] = await Promise.all([from.look(key), to.look(key)]);
  if (!isTold(told)) {
    end(key, lost(told));
    return null;
  }
  if (isTold(other)) {
    const isSame = other.manifest.content === told.manifest.content;
    if (isSame || !replace) {
      end(key, { state: isSame ? "there" : "differs" });
      return null;
    }
  }
  return sum(Object.values(told.manifest.files).map(({ bytes }) => bytes));
}

function isTold(looked: Looked): looked is Told {
  return looked !== null && !("problem" in looked);
}

function lost(looked: Exclude<Looked, Told>): Course {
  return looked === null ? { state: "absent" } : { state: "damaged", problem: looked.problem };
}

/** A file that is not there is damage like any other. */
async function taking(take: () => Promise<Taken>): Promise<Taken> {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof MissingFile)) throw error;
    return { state: "damaged", problem: error.message };
  }
}
