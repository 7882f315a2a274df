import { cutLine } from "@/lib/base/cut_line.ts";
import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import { type PlanSummary, summaryOf } from "@/lib/cli/plan_summary.ts";
import { say, write } from "@/lib/cli/say.ts";
import { statusLines, type Told } from "@/lib/cli/status_lines.ts";
import { storeLine } from "@/lib/cli/store_line.ts";
import { stopSignals } from "@/lib/cli/stop_signals.ts";
import { terminal } from "@/lib/cli/terminal.ts";
import {
  isAtWork,
  plansIn,
  readPlan,
  type StoredPlan,
  watchPlan,
  workersOf,
} from "@/lib/run/mod.ts";
import { findStore, type Store } from "@/lib/store/mod.ts";

/** What `status` is told. */
export interface StatusOptions {
  readonly store: string;
  /** By default those that workers are at, or else the one that was written last. */
  readonly plan?: string;
  readonly watch: boolean;
  readonly json: boolean;
}

// Milliseconds between looks, and between blocks of lines in a pipe; a look at a large plan takes a part of them at most.
const every = 3000, plainEvery = 60_000, lookShare = 0.1;

/**
 * `deno task status`: where the plans of a store stand, from anywhere that sees it; changes nothing in it. With `--watch` until
 * nothing is left that could be worked.
 *
 * @throws {InputError} If there is no such plan, or the store has some and none can be read.
 */
export async function status(options: StatusOptions): Promise<void> {
  const store = await findStore(options.store);
  const { plans, others, unread } = await chosenPlans(store, options.plan);
  const [first] = unread.values();
  if (plans.length === 0) {
    if (first !== undefined) throw first;
    return say(
      options.json
        ? JSON.stringify(jsonOf(store, { all: [], unread }))
        : `${storeLine(store)}\nno plan is in it: deno task reproduce writes one`,
    );
  }
  const watches = plans.map((plan) => ({ plan, watch: watchPlan(store, plan) }));
  const lookAll = () =>
    Promise.all(watches.map(async ({ plan, watch }): Promise<Told> => {
      const state = await watch.look();
      return { plan, state, summary: summaryOf(plan, state), now: Date.now() };
    }));
  const tell = (all: readonly Told[]): readonly string[] => [
    `store: ${store.root}`,
    ...all.flatMap((told) => statusLines(told)),
    ...others === 0 ? [] : [`${plural(others, "other plan")} without workers; --plan ID shows one`],
    ...[...unread.values()].map(({ message }) => message),
  ];
  const all = await lookAll();
  if (!options.watch) {
    return say(
      options.json ? JSON.stringify(jsonOf(store, { all, unread }), null, 2) : tell(all).join("\n"),
    );
  }
  await keepTelling(all, lookAll, {
    linesOf: options.json ? (all) => [JSON.stringify(jsonOf(store, { all, unread }))] : tell,
    json: options.json,
  });
}

/** Why plans cannot be read, by their ids. */
type Unread = ReadonlyMap<string, InputError>;

/** The plans that are told of. */
interface Chosen {
  readonly plans: readonly StoredPlan[];
  /** How many there are beside them. */
  readonly others: number;
  readonly unread: Unread;
}

async function chosenPlans(store: Store, named: string | undefined): Promise<Chosen> {
  if (named !== undefined) {
    return { plans: [await readPlan(store, named)], others: 0, unread: new Map() };
  }
  const found = await plansIn(store), unread = new Map(found.unread);
  const all = found.plans.map(({ id }) => id);
  const workers = await Promise.all(all.map((id) => workersOf(store, id)));
  const worked = all.filter((_, i) => workers[i]!.some(isAtWork));
  const plans: StoredPlan[] = [];
  for (const id of worked.length > 0 ? worked : all) {
    try {
      plans.push(await readPlan(store, id));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unread.set(id, error);
      continue;
    }
    if (worked.length === 0) break;
  }
  const broken = unread.size - found.unread.size;
  return { plans, others: all.length - plans.length - broken, unread };
}

/** Tells look after look: on a terminal in the same place, elsewhere a block when something has changed. */
async function keepTelling(
  first: readonly Told[],
  look: () => Promise<readonly Told[]>,
  { linesOf, json }: {
    readonly linesOf: (all: readonly Told[]) => readonly string[];
    readonly json: boolean;
  },
): Promise<void> {
  const { live, size } = terminal();
  const redraws = live && !json;
  using stop = stopSignals();
  let all = first, drawn = 0, told = "", toldAt = -Infinity;
  for (;;) {
    const began = performance.now(), isOver = all.every(({ summary }) => isSettled(summary));
    const lines = linesOf(all), state = JSON.stringify(all.map(({ summary }) => summary.counts));
    if (redraws) {
      const { columns, rows } = size();
      const shown = lines.slice(0, Math.max(1, rows - 1));
      const text = shown.map((line) => `${cutLine(line, columns - 1)}\n`).join("");
      write(`${drawn === 0 ? "" : `\x1b[${drawn}A\x1b[J`}${text}`);
      drawn = shown.length;
    } else if (json || isOver || (state !== told && began - toldAt > plainEvery)) {
      for (const line of lines) say(line);
      told = state;
      toldAt = began;
    }
    if (isOver || stop.signal.aborted) return;
    await pause(every, stop.signal);
    if (stop.signal.aborted) return;
    const looked = performance.now();
    all = await look();
    await pause((performance.now() - looked) / lookShare - every, stop.signal);
  }
}

/** Whether nothing is left that a worker could take. */
function isSettled({ counts }: PlanSummary): boolean {
  return counts.running + counts.ready + counts.waiting === 0;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
}

/** The same for programs. */
function jsonOf(
  store: Store,
  { all, unread }: { readonly all: readonly Told[]; readonly unread: Unread },
) {
  const named = ({ step: { key, kind, label }, ...one }: {
    readonly step: { readonly key: string; readonly kind: string; readonly label: string };
  }) => ({ key, kind, label, ...one });
  return {
    store: store.root,
    plans: all.map(({ plan: { id, head }, state, summary }) => ({
      id,
      scale: head.scale,
      command: head.command,
      project: head.project,
      ...summary,
      running: state.running.map(named),
      failed: state.failed.map(named),
      workers: state.workers,
      gone: state.gone,
      blamed: state.blamed,
    })),
    unread: [...unread].map(([id, { message }]) => ({ id, problem: message })),
  };
}
