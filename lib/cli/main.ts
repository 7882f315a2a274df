import { resolve } from "node:path";
import { Command } from "commander";
import type { Experiment } from "@/dsl/mod.ts";
import {
  checkData,
  type DataCheckOptions,
  dataChecks,
  type DataSheetOptions,
  sheetData,
} from "@/lib/cli/data.ts";
import { doctor } from "@/lib/cli/doctor.ts";
import { type Given, readGiven } from "@/lib/cli/given.ts";
import {
  allowOption,
  checkPlanOptions,
  defaultOut,
  defaultSample,
  defaultStore,
  deviceOption,
  type EngineOptions,
  figuresOption,
  graphOption,
  kindsOption,
  type PlanOptions,
  positiveInteger,
  positiveNumber,
  precisionOption,
  type ReportOptions,
  sampleOption,
  scaleOption,
  scalesOption,
  seedsOption,
  type StudyOptions,
  textsOption,
} from "@/lib/cli/options.ts";
import { complain, write } from "@/lib/cli/say.ts";
import type { WorkOptions } from "@/lib/cli/work.ts";
import type { SubmitOptions } from "@/lib/cli/submit.ts";
import { slurmClasses } from "@/lib/cli/slurm_classes.ts";
import { dataFile } from "@/lib/cli/data_file.ts";
import { findExperiments, idsLike, soundExperiments } from "@/lib/cli/experiments.ts";
import type { GcOptions } from "@/lib/cli/gc.ts";
import type { StatusOptions } from "@/lib/cli/status.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";
import type { Direction, TransferOptions } from "@/lib/cli/transfer.ts";
import { findingNames } from "@/lib/data/mod.ts";
import { inputErrorsIn } from "@/lib/base/errors.ts";
import { explained } from "@/lib/base/system_errors.ts";
import { findStore } from "@/lib/store/mod.ts";
import { checkDevice } from "@/lib/tensor/device.ts";
import { checkBackendName } from "@/lib/tensor/backend_name.ts";
import type { DeviceKind } from "@/lib/tensor/provision/wheel.ts";

/** The project's folder. */
const root = resolve(import.meta.dirname!, "../..");

const dataHelp = "YAML file that binds roles to data sets, or worlds for the built-in ones alone " +
  "(default: data.yaml in the project's folder or in experiments, if it is there)";

/** Options with the data file that is in force. */
async function withData<T extends { readonly data?: string }>(
  { data, ...options }: T,
): Promise<Omit<T, "data"> & { readonly data?: string }> {
  const file = await dataFile(data, root);
  return { ...options, ...file !== undefined && { data: file } };
}

/** Adds what says which conditions there are, and where their artifacts. */
function conditions(
  command: Command,
  experiments: readonly Experiment[],
  { reader }: Given,
): Command {
  const known = experiments.map(({ id, title, reference }) =>
    `  ${id}  ${title}${reference === "none" ? "" : ` (${reference})`}`
  );
  return command
    .option("--scale <name>", "budget: smoke, mini, small or paper", reader(scaleOption), "mini")
    .option(
      "--all",
      "also what an experiment asks beyond the paper, such as further methods",
      false,
    )
    .option(
      "--precision <name>",
      "train in float32 or bfloat16 instead of the scale's own",
      reader(precisionOption),
    )
    .option("--data <file>", dataHelp)
    .option(
      "--allow <findings>",
      `continue although data check finds this wrong: ${findingNames.join(", ")}`,
      reader(allowOption),
      [],
    )
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option(
      "--seeds <n>",
      "seeds 1 to n instead of the scale's, or others, such as 4-6",
      reader(seedsOption),
    )
    .addHelpText("after", `\nExperiments:\n${known.join("\n")}`);
}

/** Reads ids of experiments, each of which may stand for several. */
function idsReader(experiments: readonly Experiment[]) {
  return (word: string, earlier: readonly string[] = []): readonly string[] => [
    ...earlier,
    ...idsLike(word, experiments),
  ];
}

/** Adds what `reproduce`, `plan` and `report` have in common. */
function study(command: Command, experiments: readonly Experiment[], given: Given): Command {
  const { reader } = given;
  return conditions(
    command.argument(
      "<experiment...>",
      "ids of experiments (* stands for any letters), or all",
      idsReader(experiments),
    ),
    experiments,
    given,
  )
    .option(
      "--figures <which>",
      "claims: what neither claims nor declared figures need gets one seed or none; full: it gets every seed",
      reader(figuresOption),
      "claims",
    )
    .option("--until-decided", "add seeds for the claims that are still undecided", false)
    .option(
      "--max-seeds <n>",
      "with --until-decided: at most so many seeds (default: 6)",
      reader(positiveInteger("--max-seeds")),
    )
    .option(
      "--hours <h>",
      "with --until-decided: add no seeds that would take longer than this in all",
      reader(positiveNumber("--hours")),
    )
    .option("--trust-code", "keep artifacts made by other versions of the code", false);
}

/** What `show`, `why`, `push` and `pull` are not told: they know each condition at every seed that some command may work. */
const everySeed = { figures: "full", untilDecided: false, trustCode: false, json: false } as const;

const carried = {
  push: "send artifacts to a folder or a bucket; what is there is not sent again",
  pull: "fetch artifacts out of a folder or a bucket; what is here is not fetched again",
} as const;

/** Adds a command that carries artifacts out of the store or into it. */
function carrying(
  direction: Direction,
  all: Command,
  experiments: readonly Experiment[],
  given: Given,
): void {
  conditions(
    all.command(direction)
      .argument("<place>", "a folder, or s3://BUCKET/PREFIX (AWS_ENDPOINT_URL names its server)")
      .argument(
        "[experiment...]",
        "ids of experiments, in which * stands for any letters, or all: what they reach (default: every artifact that there is)",
        idsReader(experiments),
        [],
      ),
    experiments,
    given,
  )
    .description(carried[direction])
    .option("--replace", "also where another artifact of the step is there, in its place", false)
    .option("--json", "artifacts as JSON lines", false)
    .action(async (place: string, ids: string[], own: TransferOptions) => {
      const options = { ...everySeed, ...await withData(own) };
      await given.check(
        ids.length === 0 ? [() => findStore(options.store)] : studyChecks(ids, options, root),
      );
      const { carry } = await import("@/lib/cli/transfer.ts");
      await carry(direction, place, { ids, options, root });
    });
}

/** Adds the option of what writes a report. */
function reporting(
  command: Command,
  where = "where the report goes (default: reports/out/<experiments>-<scale>)",
): Command {
  return command.option("--out <folder>", where);
}

/** Options with the data file and, of what writes a report, its folder that are in force. */
async function reportOptions<T extends StudyOptions>(
  ids: readonly string[],
  given: T,
): Promise<T & ReportOptions> {
  const options = await withData(given);
  return { ...given, ...options, out: given.out ?? defaultOut(root, ids, given) };
}

/** Adds what takes steps from a plan that another command has written into the store. */
function work(command: Command, { reader, check }: Given): void {
  command.description("take steps from a plan in a store until nothing is left, here or anywhere")
    .requiredOption("--plan <id>", "the plan, by the first digits of its name")
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option(
      "--minutes <n>",
      "leave after so many minutes; what is under way is kept",
      reader(positiveNumber("--minutes")),
    )
    .option(
      "--idle <n>",
      "leave after so many minutes without anything to take",
      reader(positiveNumber("--idle")),
    )
    .option("--kinds <names>", "only steps of these kinds", reader(kindsOption("--kinds")))
    .option("--jobs <n>", "worker processes at most", reader(positiveInteger("--jobs")))
    .option(
      "--device <name>",
      "cpu, gpu or gpu:N (default: the plan's, or a GPU where one is found)",
      reader(checkDevice),
    )
    .option("--retry-failed", "also steps that failed before", false)
    .option("--fail-fast", "start nothing more after a failure", false)
    .option("--json", "progress as JSON lines", false)
    .action(async (options: WorkOptions) => {
      await check([]);
      const { work } = await import("@/lib/cli/work.ts");
      await work(options, root);
    });
}

/** Adds the commands that have Slurm start workers, and end them. */
function slurm(all: Command, experiments: readonly Experiment[], given: Given): void {
  const { reader, check } = given;
  study(all.command("submit"), experiments, given)
    .description("submit workers to Slurm that work what is missing")
    .option(
      "--slurm <file>",
      "YAML file that says what jobs ask for (default: slurm.yaml in the project's folder)",
    )
    .option(
      "--workers <n>",
      "workers of each class of resources, instead of the file's",
      reader(positiveInteger("--workers")),
    )
    .option("--kinds <names>", "steps of these kinds alone", reader(kindsOption("--kinds")))
    .option("--retry-failed", "try steps again that failed", false)
    .option("--print", "show scripts and commands; write and submit nothing", false)
    .option(
      "--command <device>",
      "show the command that starts a worker on cpu or gpu, for other schedulers; submit nothing",
      reader(deviceOption("--command")),
    )
    .action(async (ids: string[], own: SubmitOptions & { readonly command?: DeviceKind }) => {
      const options = { ...await withData(own), json: false };
      const { slurm, command } = options, checks = studyChecks(ids, options, root);
      if (command !== undefined) {
        await check(checks);
        const { showCommand } = await import("@/lib/cli/show_command.ts");
        return await showCommand(ids, { ...options, command }, root);
      }
      await check([...checks, () => slurmClasses(slurm, root)]);
      const { submit } = await import("@/lib/cli/submit.ts");
      await submit(ids, options, root);
    });
  all.command("cancel")
    .argument("[plan]", "the plan, by the first digits of its name (default: the only one)")
    .description("end what was submitted to Slurm for a plan; what is worked stays")
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .action(async (plan: string | undefined, options: { store: string }) => {
      await check([]);
      const { cancel } = await import("@/lib/cli/cancel.ts");
      await cancel(plan, options);
    });
}

/** Adds the commands that look at data without training anything. */
function data(command: Command, { reader, check }: Given): void {
  const bound = (name: string) =>
    command.command(name)
      .argument("[roles...]", "roles (default: all that are bound)")
      .option("--data <file>", dataHelp);
  bound("check")
    .description("say whether data sets are complete, readable and consistent; exits with 1 if not")
    .option(
      "--sample <n>",
      "images decoded of each split, at most, or all",
      reader(sampleOption),
      defaultSample,
    )
    .option("--store <folder>", "where the findings are kept", defaultStore(root))
    .option("--json", "as JSON", false)
    .action(async (roles: string[], given: DataCheckOptions) => {
      const options = await withData(given);
      await check(dataChecks(roles, options, root));
      await checkData(roles, options, root);
    });
  bound("sheet")
    .description("draw contact sheets of every level of the labels, as PNG files")
    .option("--out <folder>", "where they go", `${root}/reports/out/sheets`)
    .option(
      "--px <n>",
      "side of an image on the sheet, in pixels",
      reader(positiveInteger("--px")),
      64,
    )
    .action(async (roles: string[], given: DataSheetOptions) => {
      const options = await withData(given);
      await check(dataChecks(roles, options, root));
      await sheetData(roles, options, root);
    });
}

/** Adds the commands that look after a store, or watch what is done in it. */
function upkeep(all: Command, { reader, check }: Given): void {
  all.command("status")
    .description("say where the plans of the store stand: what is done, who works, what failed")
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option("--plan <id>", "one plan alone (default: those with workers, or the last)")
    .option("--watch", "until nothing is left to run", false)
    .option("--json", "as JSON; with --watch a line each time", false)
    .action(async (options: StatusOptions) => {
      await check([() => findStore(options.store)]);
      const { status } = await import("@/lib/cli/status.ts");
      await status(options);
    });
  all.command("gc")
    .description("say what of the store no experiment asks for; removes it with --perform alone")
    .option(
      "--scale <name>",
      "keep what experiments reach at this scale; several times for several (default: all)",
      reader(scalesOption),
      [],
    )
    .option("--data <file>", `${dataHelp}; several times for several`, reader(textsOption), [])
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option(
      "--pin <experiment|key>",
      "keep what the store holds of it whatever experiments ask for, until --unpin",
      reader(textsOption),
      [],
    )
    .option("--unpin <experiment|key>", "keep it no longer for that", reader(textsOption), [])
    .option("--perform", "remove what is told", false)
    .action(async (options: GcOptions) => {
      await check([() => soundExperiments(root), () => findStore(options.store)]);
      const { gc } = await import("@/lib/cli/gc.ts");
      await gc(options, root);
    });
  all.command("verify")
    .description("read every byte of the store; exits with 1 if anything is not as it was written")
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option("--json", "as JSON", false)
    .action(async (options: { store: string; json: boolean }) => {
      await check([() => findStore(options.store)]);
      const { verify } = await import("@/lib/cli/verify.ts");
      await verify(options);
    });
}

function program(experiments: readonly Experiment[]): Command {
  const given = readGiven(), { reader, check } = given;
  const all = new Command("deno task")
    .description("When does contrastive visual representation learning work? A reproducible study.")
    .configureOutput({ writeOut: write, writeErr: complain })
    .showHelpAfterError("(--help lists what can be given)");
  reporting(study(all.command("reproduce"), experiments, given))
    .description("run what is missing and write the report")
    .option(
      "--jobs <n>",
      "worker processes at most; never more than one for each core and 1.5 GB of free memory, " +
        "within the limits of a container or batch job (default: that many; on a GPU one)",
      reader(positiveInteger("--jobs")),
    )
    .option(
      "--backend <name>",
      "tensorflow; or, where it has no library, wasm or webgpu, which are slower",
      reader(checkBackendName),
      "tensorflow",
    )
    .option(
      "--device <name>",
      "cpu, gpu or gpu:N (default: a GPU where one is found)",
      reader(checkDevice),
    )
    .option("--check", "compare each compiled function with its plain run at first use", false)
    .option("--only <kinds>", "only steps of these kinds", reader(kindsOption("--only")))
    .option(
      "--until <kinds>",
      "steps of these kinds and what they need, and nothing beyond",
      reader(kindsOption("--until")),
    )
    .option(
      "--force <step>",
      "run it even if it is up to date: a key's first digits, a label, a condition's name",
      textsOption,
    )
    .option("--fail-fast", "start nothing more after a failure", false)
    .option("--json", "progress as JSON lines", false)
    .action(async (ids: string[], own: StudyOptions & EngineOptions) => {
      const options = await reportOptions(ids, own);
      await check(studyChecks(ids, options, root));
      const { reproduce } = await import("@/lib/cli/reproduce.ts");
      await reproduce(ids, options, root);
    });
  study(all.command("plan"), experiments, given)
    .description("show what would run, how long it would take, and why; runs nothing")
    .option("--all-steps", "every step with its state, cached ones too", false)
    .option(
      "--jobs <n>",
      "worker processes to assume, at most; limited as for reproduce",
      reader(positiveInteger("--jobs")),
    )
    .option("--json", "the plan as JSON", false)
    .option(
      "--graph <language>",
      "the plan as a picture instead, mermaid or dot: its steps or, where they are many, their kinds",
      reader(graphOption),
    )
    .option(
      "--exit-code",
      "exit with 2 if anything would run and with 0 if nothing would; what is wrong exits with 1",
      false,
    )
    .action(async (ids: string[], own: PlanOptions) => {
      const options = await withData(own);
      await check([() => checkPlanOptions(options), ...studyChecks(ids, options, root)]);
      const { showPlan } = await import("@/lib/cli/show_plan.ts");
      await showPlan(ids, options, root);
    });
  const asking = (
    name: string,
    about: string,
    load: () => Promise<typeof import("@/lib/cli/show.ts").show>,
  ) =>
    conditions(
      all.command(name)
        .argument(
          "<condition|step>",
          "the name of either or part of it, or the first digits of a key",
        )
        .argument("[experiment...]", "ids of experiments (default: all)"),
      experiments,
      given,
    )
      .description(about)
      .action(async (word: string, named: string[], own: StudyOptions) => {
        const options = { ...everySeed, ...await withData(own) };
        const ids = named.length === 0 ? ["all"] : named;
        await check(studyChecks(ids, options, root));
        await (await load())(word, ids, { options, root });
      });
  asking(
    "show",
    "show where everything of a condition is, or all of a step: recipe, origin, metrics, files, logs",
    async () => (await import("@/lib/cli/show.ts")).show,
  );
  asking(
    "why",
    "say why a step, or those of a condition, have to run, field by field; runs nothing",
    async () => (await import("@/lib/cli/why.ts")).why,
  );
  for (const direction of ["push", "pull"] as const) carrying(direction, all, experiments, given);
  reporting(study(all.command("report"), experiments, given))
    .description("write the report from what the store holds; runs no step")
    .option("--against <store>", "lay it beside another store, or a report's claims.csv")
    .action(async (ids: string[], own: StudyOptions) => {
      const options = await reportOptions(ids, own);
      await check(studyChecks(ids, options, root));
      const { report } = await import("@/lib/cli/report.ts");
      await report(ids, options, root);
    });
  work(all.command("work"), given);
  reporting(
    study(all.command("export"), experiments, given),
    "a folder, or FILE.zip (default: reports/out/<experiments>-<scale>-crate)",
  )
    .description("write an RO-Crate: the report with every artifact that it stands on")
    .action(async (ids: string[], own: StudyOptions) => {
      const { out, ...options } = await reportOptions(ids, own);
      await check(studyChecks(ids, options, root));
      const { exportStudy } = await import("@/lib/cli/export.ts");
      await exportStudy(ids, { ...options, out: own.out ?? `${out}-crate` }, root);
    });
  upkeep(all, given);
  slurm(all, experiments, given);
  data(all.command("data").description("look at the data sets that roles are bound to"), given);
  all.command("doctor")
    .description("say what this machine offers, what is missing and how to fix it")
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option("--json", "as JSON", false)
    .action((options: { store: string; json: boolean }) => doctor(options));
  return all;
}

if (import.meta.main) {
  try {
    // Some of them reports load too, which would tell of what is wrong in other words: they are loaded first.
    const { experiments } = await findExperiments(root);
    await program(experiments).parseAsync(Deno.args, { from: "user" });
  } catch (error) {
    // What the user can mend needs no stack; anything else is ours.
    const told = inputErrorsIn(explained(error, "This machine"));
    if (told.length === 0) throw error;
    for (const { message } of told) complain(`error: ${message}\n`);
    // Where 2 means that something would run, it must not mean this.
    Deno.exitCode = Deno.args.includes("--exit-code") ? 1 : 2;
  }
}
