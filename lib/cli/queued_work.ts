import { commandLine } from "@/lib/cli/command_line.ts";
import { checkDisk, diskUse } from "@/lib/cli/disk.ts";
import { stepsToWork } from "@/lib/cli/expected.ts";
import { nextLook } from "@/lib/cli/look.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { type Elsewhere, fetchLibraries } from "@/lib/cli/provide_engine.ts";
import { register } from "@/lib/cli/register.ts";
import { say } from "@/lib/cli/say.ts";
import type { Study } from "@/lib/cli/study.ts";
import { type PlanOrigin, writeStudyPlan } from "@/lib/cli/study_plan.ts";
import { tellLeftOut } from "@/lib/cli/tell_left_out.ts";
import { tellRefused } from "@/lib/cli/tell_refused.ts";
import { type StepKind, stepKinds } from "@/lib/plan/mod.ts";
import { codeFiles, freezeCode, freezeLibrary, frozenFolder, starter } from "@/lib/run/mod.ts";
import type { FoundStore, Store } from "@/lib/store/mod.ts";

/** What a command is told that has others start workers. */
export interface QueueOptions extends StudyOptions {
  /** Workers take no others. */
  readonly kinds?: readonly StepKind[];
  /** Whether steps that failed are tried again. */
  readonly retryFailed: boolean;
}

/** What workers are started with. */
export interface QueuedWork {
  readonly store: Store;
  readonly plan: string;
  /** The folder of the frozen code. */
  readonly project: string;
  readonly retryFailed: boolean;
}

/** What a worker has. */
export interface WorkerPlace {
  readonly device: Elsewhere["device"];
  /** Steps at a time; without it as many as the machine has room for. */
  readonly jobs?: number;
  readonly minutes?: number;
  readonly idle?: number;
  /** What it takes. */
  readonly kinds: readonly StepKind[];
}

/** By what work is queued. */
export interface QueueOrigin {
  readonly ids: readonly string[];
  readonly options: QueueOptions;
  /** The project's folder. */
  readonly root: string;
}

/**
 * The study of which something is to be worked; nothing where all is there, which is said.
 *
 * @param open Opens the store, to read it or to write into it.
 * @throws {InputError | InputErrors} As `prepareStudy()` does, and where the store has no room.
 */
export async function studyToQueue(
  { ids, options, root }: QueueOrigin,
  open: (folder: string) => Promise<FoundStore>,
): Promise<Study | null> {
  const { study } = await nextLook(ids, options, { root, open, onRefused: tellRefused });
  tellLeftOut(study);
  if (stepsToWork(study).length === 0) {
    say("Nothing to do; deno task report writes the report");
    return null;
  }
  checkDisk(await diskUse(study), study.store.root);
  return study;
}

/**
 * Writes into the store all that workers need: the plan, the code, and the libraries of the machines that compute with them.
 *
 * @throws {InputError} If a library cannot be had.
 */
export async function writeWork(
  study: Study,
  by: QueueOrigin,
  machines: readonly Elsewhere[],
): Promise<QueuedWork> {
  const { store } = study;
  await register(study);
  for (const machine of machines) {
    for (const library of await fetchLibraries(machine)) await freezeLibrary(store, library);
  }
  const project = await freezeCode(store, by.root);
  const plan = await writeStudyPlan(study, store, originOf(by, project));
  return { store, plan, project, retryFailed: by.options.retryFailed };
}

/** What workers would be started with; writes nothing that stays. */
export async function unwrittenWork(study: Study, by: QueueOrigin): Promise<QueuedWork> {
  const { store } = study, root = await Deno.makeTempDir();
  try {
    const project = await frozenFolder(store, await codeFiles(by.root));
    const plan = await writeStudyPlan(study, { root }, originOf(by, project));
    return { store, plan, project, retryFailed: by.options.retryFailed };
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function originOf({ ids, options }: QueueOrigin, project: string): PlanOrigin {
  const command = commandLine(ids, options);
  return { ids, command, project, options: { ...options, backend: "tensorflow", check: false } };
}

/** The words of the command that starts a worker, on any machine that sees the store. */
export function startCommand(
  { plan, project, retryFailed }: QueuedWork,
  { device, jobs, minutes, idle, kinds }: WorkerPlace,
): readonly string[] {
  return [
    ...["sh", `${project}/${starter}`, "--plan", plan, "--device", device],
    ...jobs === undefined ? [] : ["--jobs", `${jobs}`],
    ...minutes === undefined ? [] : ["--minutes", `${minutes}`],
    ...idle === undefined ? [] : ["--idle", `${idle}`],
    ...kinds.length === stepKinds.length ? [] : ["--kinds", kinds.join(",")],
    ...retryFailed ? ["--retry-failed"] : [],
  ];
}
