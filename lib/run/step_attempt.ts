import type { Lease } from "@/lib/base/lease.ts";
import type { Step } from "@/lib/plan/mod.ts";
import {
  type Attempt,
  type AttemptEnd,
  attemptsAt,
  ended,
  failureIn,
  withVanished,
  writeAttempts,
} from "@/lib/run/attempts.ts";
import type { Failure } from "@/lib/run/failure.ts";
import { openStepLog, type StepLog } from "@/lib/run/step_log.ts";
import { readNote } from "@/lib/run/under_way.ts";
import type { Store } from "@/lib/store/mod.ts";

/** Who tries steps. */
export interface Trier {
  /** Tells it from every other. */
  readonly worker: string;
  /** The plan that it takes them from, if one lies in the store. */
  readonly plan: string | null;
  /** The last attempt of each step that has failed and is to be tried all the same. */
  readonly retries: ReadonlyMap<string, string>;
}

/** An attempt at a step, under its claim. */
export interface StepAttempt {
  readonly log: StepLog;
  /** Notes that it is done: nothing is remembered of earlier attempts. */
  done(): Promise<void>;
  /**
   * Notes how it ended otherwise.
   *
   * @returns Why the step is not to be tried again, if it is not.
   */
  end(end: Pick<AttemptEnd, "how"> & Partial<Failure>): Promise<Failure | undefined>;
}

/**
 * Begins an attempt at a step.
 *
 * @param claim The claim under which it is made.
 * @returns It, or why the step is not to be tried again.
 */
export async function beginAttempt(
  store: Store,
  { key }: Step,
  { claim, by }: { readonly claim: Lease; readonly by: Trier },
): Promise<StepAttempt | Failure> {
  const found = await attemptsAt(store, key), before = withVanished(found);
  const from = (await readNote(store, key))?.done ?? 0;
  const failure = failureIn(before, from);
  const isRetried = failure !== undefined && by.retries.get(key) === before.at(-1)!.id;
  if (failure !== undefined && !isRetried) {
    if (before !== found) await writeAttempts(store, key, before);
    return failure;
  }
  const mine: Attempt = {
    id: claim.nonce,
    at: new Date().toISOString(),
    host: Deno.hostname(),
    pid: Deno.pid,
    ...{ plan: by.plan, worker: by.worker, from, end: null },
  };
  const attempts = [...isRetried ? [] : before, mine];
  await writeAttempts(store, key, attempts);
  const log = openStepLog(store, { key, head: `# ${mine.at} ${mine.host} ${mine.pid}` });
  return {
    log,
    async done() {
      await log.close();
      await writeAttempts(store, key, []);
    },
    async end({ how, kind, message, log: told }) {
      if (message !== undefined) log.take(`${message}\n`);
      await log.close();
      const end = { how, kind, message, ...told !== undefined && { log: told } };
      const all = ended(attempts, mine.id, end as Omit<AttemptEnd, "at">);
      await writeAttempts(store, key, all);
      return failureIn(all, from);
    },
  };
}

/** Why a step has failed, if it has and nobody is at it. */
export async function knownFailure(store: Store, key: string): Promise<Failure | undefined> {
  const attempts = await attemptsAt(store, key);
  return attempts.at(-1)?.end === null ? undefined : failureIn(attempts, 0);
}

/** Takes attempts off a step that its trier made, because the machine was to blame; who holds the step's claim alone does so. */
export async function blameHost(store: Store, key: string, worker: string): Promise<void> {
  const attempts = await attemptsAt(store, key);
  const blamed = attempts.filter((one) => one.worker === worker).reduce(
    (all, { id, end }) => ended(all, id, { ...end, how: "host" }),
    attempts,
  );
  await writeAttempts(store, key, blamed);
}
