import type { Command } from "commander";
import type { AskOptions } from "@/lib/cli/ask.ts";
import { withEngine } from "@/lib/cli/commands/reproduce.ts";
import { withBudget, withReport } from "@/lib/cli/commands/study.ts";
import { type Tool, withDataFile } from "@/lib/cli/commands/tool.ts";
import { askChecks } from "@/lib/cli/question_given.ts";
import { countsOption, positiveNumber } from "@/lib/cli/options.ts";

/** Declares `deno task ask`. */
export function declareAsk(all: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  const command = withBudget(all.command("ask"), tool)
    .description(
      "find out which encoder suits your own images, what labels and pretraining on them give; writes a page with advice",
    )
    .option("--role <name>", "the role of the data file that is asked of, where it binds several")
    .option("--pretrain", "pretrain on your own images too, labelled or not", false)
    .option(
      "--labels <counts>",
      "labels a class at which encoders are compared, such as 10,50,200 (default: some that the data have)",
      reader(countsOption("--labels")),
    )
    .option(
      "--hours <h>",
      "ask only what takes about so long here, the most important first; what is left out is told",
      reader(positiveNumber("--hours")),
    )
    .option("--plan", "show what would run, and run nothing", false);
  withEngine(
    withReport(command, "where the page goes (default: reports/out/ask-<role>-<scale>)"),
    tool,
  )
    .action(async (own: AskOptions) => {
      const options = await withDataFile(own, tool);
      await check(askChecks(options));
      const { ask } = await import("@/lib/cli/ask.ts");
      await ask(options, root);
    });
}
