import { roomOn } from "@/lib/cli/room.ts";
import { refuseUneven, refuseUnfit } from "@/lib/cli/unfit.ts";
import { unfitIn } from "@/lib/plan/mod.ts";
import process from "node:process";
import { commandLine } from "@/lib/cli/command_line.ts";
import { chooseJobs, isLarge, makeBeside } from "@/lib/cli/jobs.ts";
import {
  type EngineOptions,
  type ReportOptions,
  studyName,
  type StudyOptions,
} from "@/lib/cli/options.ts";
import { nextLook } from "@/lib/cli/look.ts";
import { register } from "@/lib/cli/register.ts";
import { engineOf, provideEngine } from "@/lib/cli/provide_engine.ts";
import { publish, type ReportPlace } from "@/lib/cli/publish.ts";
import { publishAlong } from "@/lib/cli/publish_along.ts";
import { checkDisk, diskText, diskUse } from "@/lib/cli/disk.ts";
import { duration } from "@/lib/base/duration.ts";
import { plural } from "@/lib/base/plural.ts";
import { explaining } from "@/lib/base/system_errors.ts";
import { chosenSteps } from "@/lib/cli/choose_steps.ts";
import { expectedTime, stepsToWork, workOrder } from "@/lib/cli/expected.ts";
import { endLines, makeTally, type Tally } from "@/lib/cli/run_end.ts";
import { complain, say, write } from "@/lib/cli/say.ts";
import { tellStopping } from "@/lib/cli/tell_stopping.ts";
import { terminal } from "@/lib/cli/terminal.ts";
import { stopSignals } from "@/lib/cli/stop_signals.ts";
import type { StudySource } from "@/lib/cli/posed.ts";
import type { Study } from "@/lib/cli/study.ts";
import { type PlanOrigin, writeStudyPlan } from "@/lib/cli/study_plan.ts";
import {
  keepNote,
  localPool,
  longestSilence,
  makeProgress,
  needsTensors,
  run,
  type RunSummary,
} from "@/lib/run/mod.ts";
import { tellLeftOut } from "@/lib/cli/tell_left_out.ts";
import { tellRefused } from "@/lib/cli/tell_refused.ts";
import { openStore } from "@/lib/store/mod.ts";

/** `deno task reproduce`: plans, works what is not fresh, writes the report. */
export async function reproduce(
  ids: readonly string[],
  options: ReportOptions & EngineOptions,
  { root, posed }: StudySource,
): Promise<void> {
  const started = performance.now();
  const { out } = options, place = { out, name: studyName(ids, options) };
  const command = posed?.command ?? commandLine(ids, options);
  const by = { ids, options, command, root, project: root };
  const at = { root, posed, open: openStore, onRefused: tellRefused };
  let look = await nextLook(ids, options, at);
  await register(look.study);
  const tally = makeTally(look.study);
  let summary = await work(look.study, options, { place, by, tally });
  while (look.goesOn && isComplete(summary)) {
    // What is refused and what is left out was told at the first look.
    look = await nextLook(ids, options, { ...at, onRefused: () => {} });
    if (!fits(look.study, options, performance.now() - started)) break;
    const study = { ...look.study, leftOut: [] };
    summary = joined(summary, await work(study, options, { place, by, tally }));
  }
  if (summary.end === "failure") return stopped(summary, options);
  const { study } = look;
  const page = await explaining(out, () => publish(study, place, by));
  const seconds = duration((performance.now() - started) / 1000);
  const { worked, failed, skipped } = summary;
  if (failed.length > 0) Deno.exitCode = 1;
  const end = tally.end();
  if (options.json) {
    const keys = failed.map((step) => step.key);
    const slowest = end.slowest.map(({ step: { key, kind, label }, seconds }) => ({
      key,
      kind,
      label,
      seconds,
    }));
    const told = { worked, failed: keys, page: page.path, slowest, saved: end.saved };
    say(JSON.stringify({ type: "finished", ...told }));
    return;
  }
  for (const line of endLines(end)) say(line);
  const done = worked + failed.length === 0 ? "nothing to do" : `${plural(worked, "step")} run`;
  say(`${done} in ${seconds}. Report${page.fresh ? " (unchanged)" : ""}: ${page.path}`);
  if (failed.length > 0) {
    say(
      `${plural(failed.length, "step")} failed, ${
        plural(skipped.length, "step")
      } that need them skipped; the same command tries them again`,
    );
  }
}

function isComplete({ failed, unbegun }: RunSummary): boolean {
  return failed.length === 0 && unbegun.length === 0;
}

function joined(one: RunSummary, two: RunSummary): RunSummary {
  return {
    worked: one.worked + two.worked,
    failed: [...one.failed, ...two.failed],
    skipped: [...one.skipped, ...two.skipped],
    unbegun: two.unbegun,
    deserted: two.deserted,
    end: two.end,
  };
}

/** Whether another look may be begun: it has something to work, and ends within the hours that were given. */
function fits(study: Study, options: ReportOptions & EngineOptions, spent: number): boolean {
  const { hours } = options;
  const isWorked = stepsToWork(study).length === 0;
  if (isWorked || hours === undefined) return !isWorked;
  const { jobs } = chooseJobs(options.jobs, roomOn(options.device ?? "cpu", options.deviceMemory));
  const expected = expectedTime(study, jobs).seconds;
  const isInTime = spent / 1000 + expected <= hours * 3600;
  if (!isInTime && !options.json) {
    say(
      `The next look would take about ${duration(expected)}, which is more than is left of --hours`,
    );
  }
  return isInTime;
}

/** Tells of a run that a failure ended, mostly because the machine lets nothing be worked; no report is written of it. */
function stopped(
  { worked, failed, unbegun }: RunSummary,
  { json, failFast }: StudyOptions & EngineOptions,
): void {
  Deno.exitCode = 1;
  if (json) {
    const keys = failed.map((step) => step.key);
    return say(JSON.stringify({ type: "stopped", worked, failed: keys, unbegun: unbegun.length }));
  }
  const why = failFast ? "because of --fail-fast" : "as they would fail in the same way";
  say(
    `Stopped: ${plural(unbegun.length, "step")} not started, ${why}; ` +
      `${plural(worked, "step")} finished and kept`,
  );
}

async function work(
  study: Study,
  options: ReportOptions & EngineOptions,
  { place, by, tally }: {
    readonly place: ReportPlace;
    readonly by: PlanOrigin & { readonly root: string };
    readonly tally: Tally;
  },
): Promise<RunSummary> {
  const { plan: chosen, toWork: steps, takes, study: part } = chosenSteps(study, options);
  if (steps.length === 0) {
    tellLeftOut(study);
    const none = { failed: [], skipped: [], unbegun: [], deserted: [] };
    return { worked: 0, ...none, end: "nothing left" };
  }
  const disk = await diskUse(part);
  checkDisk(disk, study.store.root);
  const engine = await engineOf(options, study.plan), { device } = engine;
  const { memory } = study, room = roomOn(device, options.deviceMemory);
  refuseUneven(steps, { device, room });
  refuseUnfit(unfitIn(room, steps, memory), { device, room });
  if (steps.some(needsTensors)) await provideEngine(engine, options.json);
  const { store } = study;
  const plan = await explaining(store.root, () => writeStudyPlan(study, store, by));
  // Once nothing can be refused any more: an error stands alone.
  tellLeftOut(study);
  const { jobs, notice } = chooseJobs(options.jobs, room);
  if (notice !== undefined) complain(`${notice}\n`);
  if (!options.json) {
    for (const [role, { allowed }] of study.domains) {
      for (const sentence of allowed) say(`${role}: wrong, but allowed: ${sentence}`);
    }
    say(
      `Scale ${study.scale.name}: ${steps.length} of ${study.plan.steps.length} steps to run, ${
        expectedTime(part, jobs).text
      }, ${diskText(disk)}; store ${store.root}, plan ${plan}`,
    );
    if (study.experiments.length > 1) {
      say(`The report is rewritten whenever an experiment is complete: ${options.out}/index.html`);
    }
  }
  const along = publishAlong(study, {
    jobs,
    publish: (soFar) => publish(soFar, place, by),
  });
  const { live, size } = terminal();
  const order = workOrder(study);
  const progress = makeProgress({
    style: options.json ? "json" : live ? "live" : "plain",
    size,
    steps,
    expected: study.expected.seconds,
    begun: new Map([...study.underWay].map(([key, { share }]) => [key, share])),
    jobs,
    place: (key) => order.get(key) ?? 0,
    write,
  });
  const kill = new AbortController();
  using stop = stopSignals({ onSecond: () => kill.abort() });
  if (!options.json) tellStopping(stop.signal);
  const { code, bindings, weights, world, status, expected: { seconds: expected } } = study;
  const note = await keepNote(store, plan, { device: engine.device, jobs });
  let why = "it broke off";
  try {
    const { trustCode } = options;
    const pool = localPool({
      ...{ root: by.root, command: by.command, jobs, engine, code, trustCode, bindings, world },
      weights,
      ...{ planId: plan, worker: note.worker, forced: study.forced },
      keepsProcess: (step) => !isLarge(memory.heldBy(step)),
      silence: ({ key }) => longestSilence(study.model.get(key) ?? 0),
    });
    const summary = await run({ steps: chosen }, store, pool, {
      status,
      expected,
      order,
      takes,
      beside: makeBeside({ ...memory, room }),
      others: "rest",
      failFast: options.failFast ?? false,
      onEvent: (event) => {
        progress.onEvent(event);
        along.onEvent(event);
        note.onEvent(event);
        tally.onEvent(event);
      },
      drain: stop.signal,
      signal: kill.signal,
    });
    why = stop.signal.aborted ? "asked to leave" : summary.end;
    if (stop.signal.aborted) {
      await note.end(why);
      progress.close();
      if (!options.json) {
        say("Stopped; finished steps are kept, and the same command continues from here");
      }
      process.exit(stop.exitCode());
    }
    return summary;
  } finally {
    await along.close();
    progress.close();
    await note.end(why);
  }
}
