import type { Command } from "commander";
import { withStudy } from "@/lib/cli/commands/study.ts";
import { type Tool, withDataFile } from "@/lib/cli/commands/tool.ts";
import { deviceOption, kindsOption, positiveInteger } from "@/lib/cli/options.ts";
import type { Elsewhere } from "@/lib/cli/provide_engine.ts";
import { slurmClasses } from "@/lib/cli/slurm_classes.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";
import type { SubmitOptions } from "@/lib/cli/submit.ts";

/** Declares `deno task submit`. */
export function declareSubmit(all: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  withStudy(all.command("submit"), tool)
    .description("submit workers to Slurm that run what is missing")
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
    .action(
      async (ids: string[], own: SubmitOptions & { readonly command?: Elsewhere["device"] }) => {
        const options = { ...await withDataFile(own, tool), json: false };
        const { slurm, command } = options, checks = studyChecks(ids, options, root);
        if (command !== undefined) {
          await check(checks);
          const { showCommand } = await import("@/lib/cli/show_command.ts");
          return await showCommand(ids, { ...options, command }, root);
        }
        await check([...checks, () => slurmClasses(slurm, root)]);
        const { submit } = await import("@/lib/cli/submit.ts");
        await submit(ids, options, root);
      },
    );
}
