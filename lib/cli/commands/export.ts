import type { Command } from "commander";
import { reportOptions, withReport, withStudy } from "@/lib/cli/commands/study.ts";
import type { Tool } from "@/lib/cli/commands/tool.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";

/** Declares `deno task export`. */
export function declareExport(all: Command, tool: Tool): void {
  withReport(
    withStudy(all.command("export"), tool),
    "a folder, or FILE.zip (default: reports/out/<experiments>-<scale>-crate)",
  )
    .description("write an RO-Crate: the report with every artifact that it stands on")
    .action(async (ids: string[], own: StudyOptions) => {
      const { out, ...options } = await reportOptions(ids, own, tool);
      await tool.check(studyChecks(ids, options, tool.root));
      const { exportStudy } = await import("@/lib/cli/export.ts");
      await exportStudy(ids, { ...options, out: own.out ?? `${out}-crate` }, tool.root);
    });
}
