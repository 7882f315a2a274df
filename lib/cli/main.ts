import { Command } from "commander";
import { doctor } from "@/lib/cli/doctor.ts";
import {
  defaultJobs,
  defaultStore,
  positiveInteger,
  scaleOption,
  type StudyOptions,
} from "@/lib/cli/options.ts";
import { showPlan } from "@/lib/cli/show_plan.ts";
import { report } from "@/lib/cli/report.ts";
import { reproduce } from "@/lib/cli/reproduce.ts";
import { experiments } from "@/experiments/mod.ts";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { checkBackendName } from "@/lib/tensor/backend_name.ts";

/** The project's folder. */
const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** Adds what `reproduce`, `plan` and `report` have in common. */
function study(command: Command): Command {
  const known = experiments.map((one) => `  ${one.id}  ${one.title} (${one.reference})`);
  return command
    .argument("<experiment...>", "ids of experiments, or all")
    .option("--scale <name>", "budget: smoke, mini, small or paper", scaleOption, "mini")
    .option("--data <file>", "YAML file that binds roles to data sets (default: built-in worlds)")
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option("--seeds <n>", "seeds 1 to n instead of the scale's", positiveInteger("--seeds"))
    .option("--trust-code", "keep artifacts that other code made", false)
    .addHelpText("after", `\nExperiments:\n${known.join("\n")}`);
}

function program(): Command {
  const all = new Command("deno task")
    .description("When does contrastive visual representation learning work? A reproducible study.")
    .showHelpAfterError("(--help shows what can be given)");
  study(all.command("reproduce"))
    .description("work what is missing and write the report")
    .option("--out <folder>", "where the report goes", `${root}/reports/out`)
    .option("--jobs <n>", "worker processes", positiveInteger("--jobs"), defaultJobs())
    .option("--backend <name>", "tensor backend", checkBackendName, "tensorflow")
    .option("--json", "progress as JSON lines", false)
    .action((ids: string[], options: StudyOptions) => reproduce(ids, options, root));
  study(all.command("plan"))
    .description("show which steps would run, and why; runs nothing")
    .option(
      "--jobs <n>",
      "worker processes to reckon with",
      positiveInteger("--jobs"),
      defaultJobs(),
    )
    .option("--json", "the plan as JSON", false)
    .action((ids: string[], options: StudyOptions) => showPlan(ids, options, root));
  study(all.command("report"))
    .description("write the report from what the store holds; runs no step")
    .option("--out <folder>", "where the report goes", `${root}/reports/out`)
    .action((ids: string[], options: StudyOptions) => report(ids, options, root));
  all.command("doctor")
    .description("say what this machine offers, what is missing and how to mend it")
    .option("--store <folder>", "where artifacts are kept", defaultStore(root))
    .option("--json", "as JSON", false)
    .action((options: { store: string; json: boolean }) => doctor(options));
  return all;
}

if (import.meta.main) {
  try {
    await program().parseAsync(Deno.args, { from: "user" });
  } catch (error) {
    // What the user can mend needs no stack; anything else is ours.
    if (!(error instanceof InputError)) throw error;
    // deno-lint-ignore no-console -- this is the command's own voice
    console.error(`error: ${messageOf(error)}`);
    Deno.exitCode = 2;
  }
}
