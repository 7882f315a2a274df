import type { Command } from "commander";
import { everySeed, withConditions } from "@/lib/cli/commands/study.ts";
import { type Tool, withDataFile } from "@/lib/cli/commands/tool.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";

/** Declares `deno task show`. */
export function declareShow(all: Command, tool: Tool): void {
  asking(all.command("show"), tool, async () => (await import("@/lib/cli/show.ts")).show)
    .description(
      "show where everything of a condition is, or all of a step: recipe, origin, metrics, files, logs",
    );
}

/** Declares `deno task why`. */
export function declareWhy(all: Command, tool: Tool): void {
  asking(all.command("why"), tool, async () => (await import("@/lib/cli/why.ts")).why)
    .description(
      "say why a step, or those of a condition, have to run, field by field; runs nothing",
    );
}

/** Makes a command one that tells of conditions or steps that a word names. */
function asking(
  command: Command,
  tool: Tool,
  load: () => Promise<typeof import("@/lib/cli/show.ts").show>,
): Command {
  const { check, root } = tool;
  command
    .argument("<condition|step>", "the name of either or part of it, or the first digits of a key")
    .argument("[experiment...]", "ids of experiments (default: all)");
  return withConditions(command, tool)
    .action(async (word: string, named: string[], own: StudyOptions) => {
      const options = { ...everySeed, ...await withDataFile(own, tool) };
      const ids = named.length === 0 ? ["all"] : named;
      await check(studyChecks(ids, options, root));
      const tell = await load();
      await tell(word, ids, { options, root });
    });
}
