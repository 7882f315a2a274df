import { say } from "@/lib/cli/say.ts";
import { InputError } from "@/lib/base/errors.ts";
import { plansIn, readPlan } from "@/lib/run/mod.ts";
import { cancelJobs, jobsLeft, jobsOf } from "@/lib/run/slurm/mod.ts";
import { findStore } from "@/lib/store/mod.ts";

/**
 * `deno task cancel`: ends what was submitted for a plan; of the work under way the last checkpoint stays.
 *
 * @param plan The first digits of its id; without it the only plan of which jobs are left.
 * @throws {InputError} If there is no such plan, or several and none is named.
 */
export async function cancel(
  plan: string | undefined,
  { store: folder }: { readonly store: string },
): Promise<void> {
  const store = await findStore(folder);
  const named = plan === undefined
    ? (await plansIn(store)).plans.map(({ id }) => id)
    : [(await readPlan(store, plan)).id];
  const submitted = await Promise.all(
    named.map(async (id) => ({ id, jobs: (await jobsOf(store, id)).map(({ job }) => job) })),
  );
  const all = submitted.flatMap(({ jobs }) => jobs);
  const left = all.length === 0 ? [] : await jobsLeft(all);
  const [first, ...others] = submitted.filter(({ jobs }) => jobs.some((job) => left.includes(job)));
  if (first === undefined) return say("No job is in the queue: nothing to cancel");
  if (others.length > 0) {
    throw new InputError(
      "cancel",
      `jobs of several plans are in the queue: ${
        [first, ...others].map(({ id }) => id).join(", ")
      }`,
      "Name one of them",
    );
  }
  const jobs = first.jobs.filter((job) => left.includes(job));
  await cancelJobs(jobs);
  say(
    `Plan ${first.id}: ${jobs.length === 1 ? "job" : "jobs"} ${
      jobs.join(", ")
    } cancelled; workers write their checkpoints and leave`,
  );
}
