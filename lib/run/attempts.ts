import * as z from "zod";
import { writeAtomic } from "@/lib/base/files.ts";
import type { FailureKind } from "@/lib/base/errors.ts";
import type { Failure } from "@/lib/run/failure.ts";
import type { Store } from "@/lib/store/mod.ts";

/** How an attempt ended that made nothing. */
const howEnded = z.enum([
  /** The work said what is wrong. */
  "failed",
  /** The process that worked it died, and who had started it lived on. */
  "killed",
  /** All went at once: a node was lost, a job was preempted. */
  "vanished",
  /** It was asked to stop, and left what is done of it. */
  "given back",
  /** The machine is to blame, and not the step. */
  "host",
]);

/** How an attempt ended that made nothing. */
export type HowEnded = z.output<typeof howEnded>;

const end = z.strictObject({
  /** ISO 8601, by the clock of who wrote it. */
  at: z.string(),
  how: howEnded,
  kind: z.custom<FailureKind>((value) => typeof value === "string").optional(),
  message: z.string().optional(),
  /** The end of what its process wrote. */
  log: z.string().optional(),
});

const attempt = z.strictObject({
  /** Its own; that of the claim under which it was made. */
  id: z.string(),
  at: z.string(),
  host: z.string(),
  pid: z.number(),
  /** The plan that it was taken from, if one lies in the store, and the worker: see the notes of workers. */
  plan: z.string().nullable(),
  worker: z.string().nullable(),
  /** How far the work was when it began, in its own units. */
  from: z.number(),
  /** `null` while it is under way, and of one that vanished until the next begins. */
  end: end.nullable(),
});

/** One try to work a step. */
export type Attempt = Readonly<z.output<typeof attempt>>;

/** How one ended. */
export type AttemptEnd = Readonly<z.output<typeof end>>;

const file = z.strictObject({ attempts: z.array(attempt) });

// What is kept of a step that was given back many times.
const most = 30;

// A step that killed so many processes has failed.
const mostKilled = 2;
/** And one with which so many workers vanished, without that it came any further. */
const mostVanished = 5;

/** The folder of a store in which attempts lie: a file for each step that was tried and is not done. */
export function attemptsFolder(store: Store): string {
  return `${store.root}/attempts`;
}

function pathOf(store: Store, key: string): string {
  return `${attemptsFolder(store)}/${key}.json`;
}

/** The attempts at a step since it was last done, the oldest first; none where the file cannot be read. */
export async function attemptsAt(store: Store, key: string): Promise<readonly Attempt[]> {
  try {
    return file.parse(JSON.parse(await Deno.readTextFile(pathOf(store, key)))).attempts;
  } catch {
    return [];
  }
}

/** Writes the attempts at a step; who holds its claim alone does so. None are as if it had never been tried. */
export async function writeAttempts(
  store: Store,
  key: string,
  attempts: readonly Attempt[],
): Promise<void> {
  const path = pathOf(store, key);
  if (attempts.length === 0) return await Deno.remove(path).catch(() => {});
  await writeAtomic(path, JSON.stringify({ attempts: attempts.slice(-most) }), { sync: false });
}

/** The attempts with that one's end. */
export function ended(
  attempts: readonly Attempt[],
  id: string,
  end: Omit<AttemptEnd, "at">,
): readonly Attempt[] {
  const at = new Date().toISOString();
  return attempts.map((one) => one.id === id ? { ...one, end: { at, ...end } } : one);
}

/** The attempts once another begins, or nobody holds the step: what has no end has vanished. */
export function withVanished(attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.reduce(
    (all, { id, end }) => end === null ? ended(all, id, { how: "vanished" }) : all,
    attempts,
  );
}

/**
 * Why a step is not to be tried once more: the last attempt failed, two of its processes were killed, or several workers vanished
 * with it in turn.
 *
 * @param attempts Of which none is under way.
 * @param from How far its work is now.
 */
export function failureIn(attempts: readonly Attempt[], from: number): Failure | undefined {
  const last = attempts.at(-1)?.end;
  if (last?.how === "failed") return failureOfEnd(last);
  const killed = attempts.filter(({ end }) => end?.how === "killed");
  if (killed.length >= mostKilled) return failureOfEnd(killed.at(-1)!.end!);
  let far = -1, vanished = 0;
  for (const one of [...attempts, { from, end: null }]) {
    if (one.from > far) vanished = 0;
    far = Math.max(far, one.from);
    if (one.end?.how === "vanished") vanished++;
  }
  if (vanished < mostVanished) return undefined;
  const hosts = [...new Set(attempts.map(({ host }) => host))].join(", ");
  return {
    kind: "killed",
    message: `${vanished} workers in turn vanished while they ran it, on ${hosts}`,
  };
}

function failureOfEnd({ kind = "bug", message = "", log }: AttemptEnd): Failure {
  return { kind, message, ...log !== undefined && { log } };
}

/** The last attempt of each step that has failed: who tries them again tries these, and none that fails later. */
export async function failedSteps(store: Store): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { name } of Deno.readDir(attemptsFolder(store))) {
    const key = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
    if (key === undefined) continue;
    // One without an end may be under way: then its claim is held, and nobody tries the step.
    const attempts = withVanished(await attemptsAt(store, key));
    const last = attempts.at(-1);
    if (last !== undefined && failureIn(attempts, 0) !== undefined) found.set(key, last.id);
  }
  return found;
}
