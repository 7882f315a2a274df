import { plural } from "@/lib/base/plural.ts";
import { duration } from "@/lib/base/duration.ts";
import { InputError } from "@/lib/base/errors.ts";
import { chooseJobs, isLarge, makeBeside } from "@/lib/cli/jobs.ts";
import { provideEngine } from "@/lib/cli/provide_engine.ts";
import { roomOn } from "@/lib/cli/room.ts";
import { complain, say, write } from "@/lib/cli/say.ts";
import { stopSignals } from "@/lib/cli/stop_signals.ts";
import { tellStopping } from "@/lib/cli/tell_stopping.ts";
import { terminal } from "@/lib/cli/terminal.ts";
import { lackText, type NamedRoom, unevenText } from "@/lib/cli/unfit.ts";
import { makeWorkTime, type WorkTime } from "@/lib/cli/work_time.ts";
import {
  fitsIn,
  type HeldBytes,
  type NeededBytes,
  neededIn,
  type Step,
  type StepKind,
  unevenOn,
  withNeeds,
} from "@/lib/plan/mod.ts";
import {
  type Engine,
  filesIn,
  keepNote,
  localPool,
  longestSilence,
  makeProgress,
  needsTensors,
  noteHost,
  readCode,
  readPlan,
  run,
  type RunEnd,
  type RunSummary,
  type StoredPlan,
} from "@/lib/run/mod.ts";
import { type CodeOf, findStore, openStore } from "@/lib/store/mod.ts";
import { hasNvidiaDriver } from "@/lib/tensor/hardware.ts";

/** What `work` is told. */
export interface WorkOptions {
  readonly store: string;
  readonly plan: string;
  /** After so many it leaves. */
  readonly minutes?: number;
  /** It leaves after so many without anything to take. */
  readonly idle?: number;
  /** It works no others. */
  readonly kinds?: readonly StepKind[];
  /** Worker processes at most. */
  readonly jobs?: number;
  /** Instead of the plan's. */
  readonly device?: string;
  /** Bytes of each such device, in place of what is found. */
  readonly deviceMemory?: number;
  /** Whether steps that failed before it began are tried again. */
  readonly retryFailed: boolean;
  readonly failFast: boolean;
  readonly json: boolean;
}

/**
 * `deno task work`: takes steps from a plan that lies in a store until nothing is left that it could work, its time ends, or it
 * is asked to leave. It ends with exit code 1 where a step failed with it, or it blames its machine.
 *
 * @param root The project's folder.
 * @throws {InputError} If there is no such plan, or other code than this project's made it.
 */
export async function work(options: WorkOptions, root: string): Promise<void> {
  const time = makeWorkTime(options.minutes);
  // From the first moment: a batch system may want its machine back while the plan is read.
  const kill = new AbortController();
  using stop = stopSignals({ more: ["SIGUSR1"], onSecond: () => kill.abort() });
  const drain = AbortSignal.any([stop.signal, time.ending]);
  if (!options.json) tellStopping(stop.signal);

  const plan = await readPlan(await findStore(options.store), options.plan);
  const store = await openStore(options.store);
  const { id, head } = plan;
  const code = await checkCode(plan, root);
  const engine = await engineFor(head.engine, options.device);
  const of = new Map(plan.steps.map((one) => [one.step.key, one]));
  const all = plan.steps.map(({ step }) => step);
  const steps = withNeeds(all, (step) => isOfKinds(step, options.kinds));
  const heldBy = ({ key }: Step) => of.get(key)!.memory;
  const { device } = engine, room = roomOn(device, options.deviceMemory);
  const kin = steps.filter((step) => isOfKinds(step, options.kinds));
  const uneven = new Set(unevenOn(room.replicas, kin));
  const canWork = (step: Step) => fitsIn(room, heldBy(step)) && !uneven.has(step);
  const mine = kin.filter(canWork);
  if (mine.some(needsTensors)) await provideEngine(engine, options.json);
  const { jobs, notice } = chooseJobs(options.jobs, room);
  if (notice !== undefined) complain(`${notice}\n`);
  const tooLarge = kin.filter((step) => !fitsIn(room, heldBy(step)));
  if (tooLarge.length > 0) complain(`${leftText(tooLarge, heldBy, { device, room })}\n`);
  const unshared = unevenText(kin, { device, room });
  if (unshared !== undefined) complain(`left to workers on other devices: ${unshared}\n`);

  const expected = new Map(plan.steps.map(({ step, seconds }) => [step.key, seconds]));
  const { live, size } = terminal();
  const style = options.json ? "json" : live ? "live" : "plain";
  const progress = makeProgress({ style, steps, size, jobs, write });
  const note = await keepNote(store, id, { device: engine.device, jobs });
  const pool = localPool({
    ...{ root, jobs, engine, code, planId: id, worker: note.worker },
    trustCode: head.trustCode,
    bindings: new Map(Object.entries(head.bindings)),
    weights: new Map(Object.entries(head.weights ?? {})),
    world: head.world,
    command: head.command,
    retriesFailed: options.retryFailed,
    blamesHost: true,
    leavesOthers: true,
    keepsProcess: (step) => !isLarge(heldBy(step)),
    silence: ({ key }) => longestSilence(expected.get(key) ?? 0),
  });
  const summary = await run({ steps }, store, pool, {
    expected,
    order: new Map(plan.steps.map(({ step, place }) => [step.key, place])),
    takes: (step) =>
      isOfKinds(step, options.kinds) && canWork(step) && time.fits(of.get(step.key)!),
    beside: makeBeside({ heldBy, room }),
    ...options.idle !== undefined && { idle: 60 * options.idle },
    failFast: options.failFast,
    onEvent(event) {
      time.onEvent(event, expected);
      progress.onEvent(event);
      note.onEvent(event);
    },
    drain,
    signal: AbortSignal.any([kill.signal, time.end]),
  });
  progress.close();
  time.close();
  const why = whyOf(summary, { time, isAsked: stop.signal.aborted });
  await note.end(why);
  if (summary.end === "host") {
    await noteHost(store, id, { worker: note.worker, reason: summary.reason ?? why });
  }
  const { worked, failed } = summary;
  if (failed.length > 0 || summary.end === "host") Deno.exitCode = 1;
  if (options.json) {
    const keys = failed.map(({ key }) => key);
    return say(JSON.stringify({ type: "left", worked, failed: keys, why }));
  }
  say(`${plural(worked, "step")} run${failedText(summary)}; ${why}`);
}

/** What a worker leaves to others because it has no memory for it. */
function leftText(
  steps: readonly Step[],
  heldBy: (step: Step) => HeldBytes,
  at: NamedRoom,
): string {
  const needOf = (step: Step) => neededIn(at.room, heldBy(step));
  const sum = ({ host, device }: NeededBytes) => host + device;
  const most = steps.reduce((a, b) => sum(needOf(b)) > sum(needOf(a)) ? b : a);
  return `left to workers with more memory: ${
    plural(steps.length, "step")
  }; ${most.kind} ${most.label} needs about ${lackText(needOf(most), at)}`;
}

function failedText({ failed, skipped }: RunSummary): string {
  if (failed.length === 0) return "";
  return `, ${plural(failed.length, "step")} failed and ${
    plural(skipped.length, "step")
  } that need them skipped (--retry-failed tries them again)`;
}

/** Why a worker left, in words. */
function whyOf(
  { end, reason, unbegun, deserted }: RunSummary,
  { time, isAsked }: { readonly time: WorkTime; readonly isAsked: boolean },
): string {
  const left = unbegun.length === 0
    ? "nothing is left"
    : `${plural(unbegun.length, "step")} are left, for others, or for more time or memory`;
  const [first, ...more] = deserted;
  const lack = `what is left for it needs ${first?.label}${
    more.length === 0 ? "" : ` and ${plural(more.length, "other step")}`
  }, and nobody is at ${more.length === 0 ? "it" : "them"}`;
  const words: Readonly<Record<RunEnd, string>> = {
    "nothing left": left,
    asked: isAsked ? "asked to leave" : `its time is over (${duration(time.seconds)})`,
    idle: `nothing to take for a while${deserted.length === 0 ? "" : `: ${lack}`}`,
    deserted: lack,
    failure: "nothing more is started after a failure",
    host: `this machine is to blame: ${reason}`,
  };
  return words[end];
}

function isOfKinds({ kind }: Step, kinds: readonly StepKind[] | undefined): boolean {
  return kinds === undefined || kinds.includes(kind);
}

/** The engine of a worker: as the plan has it, on the device that it is told, or that is there. */
async function engineFor(
  engine: StoredPlan["head"]["engine"],
  told: string | undefined,
): Promise<Engine> {
  const found = engine.backend === "tensorflow" && await hasNvidiaDriver() ? "gpu" : "cpu";
  return { ...engine, device: told ?? engine.device ?? found };
}

/**
 * The fingerprints of this project's code.
 *
 * @throws {InputError} If the plan was made by other code.
 */
async function checkCode({ id, steps, head }: StoredPlan, root: string): Promise<CodeOf> {
  const code = await readCode(filesIn(root));
  const others = new Set<StepKind>();
  for (const { step, code: made } of steps) if (code(step) !== made) others.add(step.kind);
  if (others.size === 0) return code;
  throw new InputError(
    `Plan ${id}`,
    `it was made by other code than that in ${root}, which runs ${
      [...others].join(", ")
    } differently`,
    `Start the worker in ${head.project}, or have the plan written again by this code`,
  );
}
