import { InputError } from "@/lib/base/errors.ts";
import { type Limits, readLimits } from "@/lib/run/slurm/limits.ts";

/**
 * Submits a batch script.
 *
 * @param after The job that must have ended before, however it did.
 * @returns The job's number.
 * @throws {InputError} If Slurm does not take it, with its own words.
 */
export async function submitJob(script: string, after?: string): Promise<string> {
  const dependency = after === undefined ? [] : [`--dependency=afterany:${after}`];
  const said = await slurm(["sbatch", "--parsable", ...dependency], script);
  // Of several clusters the name follows the number; sites may say more before it.
  const [, job] = /^(\d+)(?:;.*)?$/m.exec(said) ?? [];
  if (job === undefined) throw refusal("sbatch", `it said "${said.trim()}" and no job's number`);
  return job;
}

/**
 * Ends jobs: those that wait leave the queue, and those that run are asked to put down what they have and leave. A job that has
 * ended is no error.
 */
export async function cancelJobs(jobs: readonly string[]): Promise<void> {
  for (const job of jobs) await scancel(job, ["--state=PENDING"]);
  // The worker is in the shell's place; the whole job would be killed half a minute later.
  for (const job of await jobsLeft(jobs)) await scancel(job, ["--batch", "--signal=TERM"]);
}

/** Has Slurm do something to a job; of one that has left the queue it knows nothing, and refuses. */
async function scancel(job: string, options: readonly string[]): Promise<void> {
  try {
    await slurm(["scancel", "--quiet", ...options, job]);
  } catch (error) {
    if ((await jobsLeft([job])).length > 0) throw error;
  }
}

/** Which of some jobs are in the queue or run, each an array of which an element is. */
export async function jobsLeft(jobs: readonly string[]): Promise<readonly string[]> {
  const said = await slurm(["squeue", "--noheader", "--me", "--format=%F"]);
  const left = new Set(said.split("\n").map((line) => line.trim()));
  return jobs.filter((job) => left.has(job));
}

/**
 * How many jobs the cluster takes of the person who asks.
 *
 * @param accounts As for {@linkcode readLimits}.
 */
export async function limitsOf(accounts: readonly string[]): Promise<Limits> {
  const config = await slurm(["scontrol", "show", "config"]);
  const user = Deno.env.get("USER") ?? Deno.env.get("LOGNAME") ?? "";
  // Clusters without accounts refuse the question.
  const associations = await slurm([
    "scontrol",
    "show",
    "assoc_mgr",
    `users=${user}`,
    "flags=assoc",
  ]).catch(() => "");
  return readLimits(config, associations, accounts);
}

async function slurm([program = "", ...args]: readonly string[], input = ""): Promise<string> {
  try {
    const child = new Deno.Command(program, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    // A program that has ended already reads no more.
    await writer.write(new TextEncoder().encode(input)).then(() => writer.close()).catch(() => {});
    const { success, stdout, stderr } = await child.output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (!success) throw refusal(program, `it refused: ${sentence(text(stderr)) || "no word why"}`);
    return text(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(
      program,
      "there is no such program here",
      "Submit on a machine of the cluster; --print shows what would be submitted, and needs no Slurm",
    );
  }
}

function refusal(program: string, problem: string): InputError {
  return new InputError(
    program,
    problem,
    program === "sbatch"
      ? "Mend slurm.yaml, or give fewer --workers"
      : "Submit on a machine of the cluster, whose Slurm runs",
  );
}

/** What a program complained of, on one line and without a full stop. */
function sentence(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, "; ").replace(/\.$/, "");
}
