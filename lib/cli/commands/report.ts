import type { Command } from "commander";
import { reportOptions, withReport, withStudy } from "@/lib/cli/commands/study.ts";
import type { Tool } from "@/lib/cli/commands/tool.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";

/** Declares `deno task report`. */
export function declareReport(all: Command, tool: Tool): void {
  withReport(withStudy(all.command("report"), tool))
    .description("write the report from what the store holds; runs no step")
    .option("--against <store>", "lay it beside another store, or a report's claims.csv")
    .action(async (ids: string[], own: StudyOptions) => {
      const options = await reportOptions(ids, own, tool);
      await tool.check(studyChecks(ids, options, tool.root));
      const { report } = await import("@/lib/cli/report.ts");
      await report(ids, options, tool.root);
    });
}
