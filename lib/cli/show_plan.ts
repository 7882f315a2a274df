import { chooseJobs } from "@/lib/cli/jobs.ts";
import type { PlanOptions } from "@/lib/cli/options.ts";
import { diskText, diskUse } from "@/lib/cli/disk.ts";
import { nextLook } from "@/lib/cli/look.ts";
import { expectedTime, stepsToWork } from "@/lib/cli/expected.ts";
import { groupLines, stateOf } from "@/lib/cli/plan_groups.ts";
import { planGraph } from "@/lib/cli/plan_graph.ts";
import type { StudySource } from "@/lib/cli/posed.ts";
import { roomOn } from "@/lib/cli/room.ts";
import { complain, say } from "@/lib/cli/say.ts";
import { tellLeftOut } from "@/lib/cli/tell_left_out.ts";
import { memoryLines, unevenText, unfitClasses } from "@/lib/cli/unfit.ts";
import { neededIn, type Plan, precisionsOf, unfitIn } from "@/lib/plan/mod.ts";
import { plannedSubjects, shortKey, takenBy } from "@/lib/results/mod.ts";
import { fastPrecisions, hasNvidiaDriver } from "@/lib/tensor/hardware.ts";
import { duration } from "@/lib/base/duration.ts";
import { findStore, openStore } from "@/lib/store/mod.ts";

// With --exit-code, of a plan that has something to run; what is wrong then exits with 1, as an error of the program does.
const wouldRun = 2;

/** `deno task plan`: what is to do and why, in groups, and where it is asked for every step. */
export async function showPlan(
  ids: readonly string[],
  options: PlanOptions,
  { root, posed }: StudySource,
): Promise<void> {
  // A store is made for what is found out about data sets, which may take long: the next command needs it again.
  const open = (folder: string) =>
    options.data === undefined
      ? findStore(folder)
      : openStore(folder).catch(() => findStore(folder));
  const { study, goesOn } = await nextLook(ids, options, { root, posed, open });
  const { plan, status, scale, domains, underWay } = study;
  tellLeftOut(study);
  const expected = study.expected.seconds;
  const claims = study.experiments.flatMap(({ id, claims }) => {
    const subjects = plannedSubjects(plan, id);
    return claims.map((claim) => ({
      experiment: id,
      claim: claim.id,
      contrasts: claim.contrasts.map((one) => ({ id: one.id, sides: takenBy(one, subjects) })),
    }));
  });
  const disk = await diskUse(study);
  const stale = stepsToWork(study), { memory } = study;
  const device = options.device ?? (await hasNvidiaDriver() ? "gpu" : "cpu");
  const room = roomOn(device, options.deviceMemory), at = { device, room };
  const unfit = unfitIn(room, stale, memory);
  const { jobs, notice } = chooseJobs(options.jobs, room);
  if (notice !== undefined) complain(`${notice}\n`);
  const time = expectedTime(study, jobs);
  if (options.exitCode && stale.length > 0) Deno.exitCode = wouldRun;
  if (options.graph !== undefined) return say(planGraph(study, options.graph));
  if (options.json) {
    const steps = plan.steps.map((step) => ({
      ...step,
      ...status.get(step.key)!,
      underWay: underWay.get(step.key) ?? null,
      expectedSeconds: expected.get(step.key)!,
      expectedBytes: study.bytes.get(step.key)!,
      expectedMemory: neededIn(room, memory.heldBy(step)),
    }));
    say(JSON.stringify(
      {
        scale: scale.name,
        domains: Object.fromEntries(domains),
        steps,
        claims,
        expectedSeconds: time.seconds,
        expectedBytes: disk.needed,
        freeBytes: disk.free ?? null,
        // JSON writes what is not known, Infinity, as null.
        memory: { device, hostBytes: room.host, deviceBytes: room.device },
        unfit: unfitClasses(unfit).map(({ name, steps, needed, settings, replicas, smaller }) => ({
          ...{ name, steps: steps.map(({ key }) => key), needed },
          ...{ settings, replicas, smaller },
        })),
      },
      null,
      2,
    ));
    return;
  }
  for (const [role, domain] of domains) {
    const { source, trainImages, testImages, unlabelledImages } = domain;
    const more = unlabelledImages === 0 ? "" : `, ${unlabelledImages} images without labels`;
    say(`${role}: ${source}, ${trainImages} training and ${testImages} test images${more}`);
    for (const sentence of domain.allowed) say(`  wrong, but allowed: ${sentence}`);
    for (const note of domain.notes) say(`  note: ${note}`);
  }
  const precision = await precisionLine(plan);
  if (precision !== undefined) say(precision);
  for (const step of options.allSteps ? plan.steps : []) {
    const state = status.get(step.key)!, { freshness } = state;
    const cost = freshness === "cached" ? "" : `, about ${duration(expected.get(step.key)!)}`;
    say(
      `${shortKey(step.key)}  ${step.kind.padEnd(8)}  ${freshness.padEnd(12)}  ${step.label}  (${
        stateOf(state, underWay.get(step.key))
      }${cost})`,
    );
  }
  // Of a whole study they would be hundreds of lines: --json has them.
  for (const { claim, contrasts } of study.experiments.length === 1 ? claims : []) {
    for (const { id, sides } of contrasts) {
      say(`claim ${claim}${id === claim ? "" : `, ${id}`}`);
      for (const { told, conditions } of sides) say(`  ${told}: ${conditions.join("; ")}`);
    }
  }
  for (const line of groupLines(study)) say(line);
  for (const line of memoryLines(unfit, { all: stale, model: memory, at })) say(line);
  const uneven = unevenText(stale, at);
  if (uneven !== undefined) say(`devices: not worked: ${uneven}`);
  say(
    `${plan.steps.length} steps, ${
      plan.steps.length - stale.length
    } cached, ${stale.length} to run${
      stale.length === 0 ? "" : `: ${time.text}, ${diskText(disk)}`
    }`,
  );
  if (!options.allSteps) {
    say("--all-steps shows each of them, and deno task why what it differs in");
  }
  if (goesOn) {
    say(
      `Claims that are still undecided then get more seeds: they are looked at with ${
        new Intl.ListFormat("en-GB").format(study.looks.map(String))
      } seeds (--until-decided)`,
    );
  }
}

/** What the plan trains in, and how this machine does in bfloat16; nothing where it trains nothing. */
async function precisionLine(plan: Plan): Promise<string | undefined> {
  const used = [...precisionsOf(plan)];
  if (used.length === 0) return undefined;
  const { bfloat16, reason } = await fastPrecisions();
  return `precision: ${
    used.join(" and ")
  } (bfloat16 is ${bfloat16} here: ${reason}; --precision overrides)`;
}
