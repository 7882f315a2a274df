import type { Command } from "commander";
import { dataHelp, type Tool, withDataFile, withStore } from "@/lib/cli/commands/tool.ts";
import type { DataCheckOptions, DataSheetOptions } from "@/lib/cli/data.ts";
import { defaultSample, positiveInteger, sampleOption } from "@/lib/cli/options.ts";

/** Declares `deno task data` with its own commands, which look at data without training anything. */
export function declareData(all: Command, tool: Tool): void {
  const data = all.command("data").description("look at the data sets that roles are bound to");
  declareCheck(data, tool);
  declareSheet(data, tool);
}

function declareCheck(data: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  const command = bound(data.command("check"))
    .description("say whether data sets are complete, readable and consistent; exits with 1 if not")
    .option(
      "--sample <n>",
      "images decoded of each split, at most, or all",
      reader(sampleOption),
      defaultSample,
    );
  withStore(command, tool, { about: "where the findings are kept" })
    .option("--json", "as JSON", false)
    .action(async (roles: string[], given: DataCheckOptions) => {
      const options = await withDataFile(given, tool);
      const { checkData, dataChecks } = await import("@/lib/cli/data.ts");
      await check(dataChecks(roles, options, root));
      await checkData(roles, options, root);
    });
}

function declareSheet(data: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  bound(data.command("sheet"))
    .description("draw contact sheets of every level of the labels, as PNG files")
    .option("--out <folder>", "where they go", `${root}/reports/out/sheets`)
    .option(
      "--px <n>",
      "side of an image on the sheet, in pixels",
      reader(positiveInteger("--px")),
      64,
    )
    .action(async (roles: string[], given: DataSheetOptions) => {
      const options = await withDataFile(given, tool);
      const { dataChecks, sheetData } = await import("@/lib/cli/data.ts");
      await check(dataChecks(roles, options, root));
      await sheetData(roles, options, root);
    });
}

/** Adds what says which data sets are looked at. */
function bound(command: Command): Command {
  return command
    .argument("[roles...]", "roles (default: all that are bound)")
    .option("--data <file>", dataHelp);
}
