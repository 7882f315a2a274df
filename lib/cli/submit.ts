import { stepsToWork } from "@/lib/cli/expected.ts";
import { jobsOnDevice } from "@/lib/cli/jobs.ts";
import {
  type QueuedWork,
  type QueueOptions,
  startCommand,
  studyToQueue,
  unwrittenWork,
  writeWork,
} from "@/lib/cli/queued_work.ts";
import type { Elsewhere } from "@/lib/cli/provide_engine.ts";
import { complain, say } from "@/lib/cli/say.ts";
import { slurmClasses } from "@/lib/cli/slurm_classes.ts";
import { duration } from "@/lib/base/duration.ts";
import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import { type Step, type StepKind, stepKinds } from "@/lib/plan/mod.ts";
import { needsTensors } from "@/lib/run/mod.ts";
import {
  arrayLengths,
  batchScript,
  fitted,
  jobsFolder,
  jobsLeft,
  jobsOf,
  type Limits,
  limitsOf,
  noteJob,
  noticeSeconds,
  type ResourceClass,
  submitJob,
} from "@/lib/run/slurm/mod.ts";
import { findStore, openStore } from "@/lib/store/mod.ts";
import { CUDA_ELSEWHERE } from "@/lib/tensor/provision/cuda.ts";

/** What only `submit` is told. */
export interface SubmitOptions extends QueueOptions {
  /** A YAML file that says what the jobs of each class ask for. */
  readonly slurm?: string;
  /** Workers of each class, instead of what that file says. */
  readonly workers?: number;
  /** Whether scripts and commands are shown, and nothing is written or submitted. */
  readonly print: boolean;
}

/** The workers of one class. */
interface Share {
  readonly of: ResourceClass;
  /** What they take. */
  readonly kinds: readonly StepKind[];
  readonly workers: number;
  readonly successors: number;
}

/**
 * `deno task submit`: writes the plan and the code into the store, and submits workers to Slurm, a job array for each class of
 * resources. Given again, it adds workers.
 *
 * @throws {InputError | InputErrors} If something is wrong with what was given, or Slurm does not take the jobs.
 */
export async function submit(
  ids: readonly string[],
  options: SubmitOptions,
  root: string,
): Promise<void> {
  const by = { ids, options, root };
  const classes = await slurmClasses(options.slurm, root);
  // First of all: where there is no Slurm, nothing is made either.
  const limits = options.print
    ? null
    : await limitsOf(classes.flatMap(({ account }) => account ?? []));
  const study = await studyToQueue(by, limits === null ? findStore : openStore);
  if (study === null) return;
  const steps = stepsToWork(study);
  const asked = sharesOf(classes, steps, options);
  if (limits === null) {
    const work = await unwrittenWork(study, by);
    for (const share of asked) print(share, work);
    return;
  }
  const shares = fittedShares(asked, limits);
  const computing = shares.filter(({ kinds }) => kinds.some((kind) => needsTensors({ kind })));
  const work = await writeWork(study, by, computing.map(machineOf));
  const { store, plan } = work;
  const before = (await jobsOf(store, plan)).map(({ job }) => job);
  const left = before.length === 0 ? [] : await jobsLeft(before);
  say(
    `Plan ${plan}: ${plural(steps.length, "step")} of ${study.plan.steps.length} to run${
      before.length === 0
        ? ""
        : `. It was submitted before (${left.length} of its ${
          plural(before.length, "job array")
        } left), and workers are added`
    }`,
  );
  // Where it is not there, Slurm has no place for logs, and ends the jobs.
  await Deno.mkdir(jobsFolder(store, plan), { recursive: true });
  for (const share of shares) await submitShare(share, work, limits);
  say(`Logs: ${jobsFolder(store, plan)}. deno task cancel ${plan} ends them`);
}

/** What an element of a class computes on. */
function machineOf({ of: { name, cuda = CUDA_ELSEWHERE } }: Share): Elsewhere {
  return { device: name, cuda };
}

/** Who works what: without a class of its own, what needs no GPU is worked where the rest is. */
function sharesOf(
  classes: readonly ResourceClass[],
  steps: readonly Step[],
  { workers, kinds = stepKinds }: Pick<SubmitOptions, "workers" | "kinds">,
): readonly Share[] {
  const hasGpu = classes.some(({ name }) => name === "gpu");
  return classes.flatMap((of) => {
    // Those with a GPU take the small steps in between too: otherwise they would wait for others.
    const own = kinds.filter((kind) => of.name === "gpu" || !hasGpu || !needsTensors({ kind }));
    const count = steps.filter(({ kind }) => own.includes(kind)).length;
    if (count === 0) return [];
    const size = { workers: Math.min(workers ?? of.workers, count), successors: of.successors };
    return [{ of, kinds: own, ...size }];
  });
}

/**
 * As many as the cluster takes.
 *
 * @throws {InputError} If it takes not even one of each class.
 */
function fittedShares(asked: readonly Share[], limits: Limits): readonly Share[] {
  const sizes = fitted(asked, limits);
  if (sizes === null) {
    throw new InputError(
      "Slurm",
      `it takes ${
        plural(limits.jobs, "more job")
      } of yours, and at least ${asked.length} are needed`,
      "Wait until others have ended, or end some with deno task cancel",
    );
  }
  const shares = asked.map((share, i) => ({ ...share, ...sizes[i]! }));
  const isLess = shares.some(({ workers, successors }, i) =>
    workers < asked[i]!.workers || successors < asked[i]!.successors
  );
  if (isLess) {
    complain(`Slurm takes ${limits.jobs} more jobs of yours, each worker one: there are fewer\n`);
  }
  return shares;
}

async function submitShare(share: Share, work: QueuedWork, limits: Limits): Promise<void> {
  const { of, successors } = share, { store, plan } = work;
  for (const workers of arrayLengths(share.workers, limits)) {
    const script = scriptOf({ ...share, workers }, work);
    const jobs: string[] = [];
    for (let i = 0; i <= successors; i++) {
      const after = jobs.at(-1);
      const job = await submitJob(script, after);
      jobs.push(job);
      const at = new Date().toISOString(), host = Deno.hostname();
      await noteJob(store, plan, { job, class: of.name, workers, after, at, host });
    }
    const [first, ...others] = jobs;
    say(
      `${of.name}: job ${first}, ${plural(workers, "worker")} for ${duration(of.time * 60)}${
        others.length === 0 ? "" : `, and after it ${others.join(", ")} with what is left`
      }`,
    );
  }
}

/** Shows what would be submitted. */
function print(share: Share, work: QueuedWork): void {
  const { of: { name }, successors } = share;
  say(`# ${name}.sh: submitted with sbatch --parsable ${name}.sh`);
  if (successors > 0) {
    say(
      `# and then ${
        plural(successors, "time")
      }, each after the one before, with sbatch --parsable --dependency=afterany:JOB ${name}.sh`,
    );
  }
  say(scriptOf(share, work));
}

function scriptOf({ of, kinds, workers }: Share, work: QueuedWork): string {
  const { name, time, cpus, idle } = of, { plan } = work;
  const command = startCommand(work, {
    device: name,
    jobs: name === "cpu" ? cpus : Math.min(cpus, jobsOnDevice),
    minutes: Math.max(1, time - Math.ceil(noticeSeconds(of) / 60)),
    ...{ idle, kinds },
  });
  return batchScript({ of, workers, plan, logs: jobsFolder(work.store, plan), command });
}
