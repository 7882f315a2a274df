import type { Command } from "commander";
import {
  dataHelp,
  encodersHelp,
  type Tool,
  withDataFile,
  withStore,
} from "@/lib/cli/commands/tool.ts";
import { idsLike } from "@/lib/cli/experiments.ts";
import {
  allowOption,
  defaultOut,
  figuresOption,
  positiveInteger,
  positiveNumber,
  precisionOption,
  type ReportOptions,
  scaleOption,
  seedsOption,
  type StudyOptions,
} from "@/lib/cli/options.ts";
import { findingNames } from "@/lib/data/mod.ts";

/** Adds what says which conditions there are, and where their artifacts. */
export function withConditions(command: Command, tool: Tool): Command {
  const known = tool.experiments.map(({ id, title, reference }) =>
    `  ${id}  ${title}${reference === "none" ? "" : ` (${reference})`}`
  );
  return withBudget(command, tool)
    .option(
      "--all",
      "also what an experiment asks beyond the paper, such as further methods",
      false,
    )
    .addHelpText("after", `\nExperiments:\n${known.join("\n")}`);
}

/** Adds at which budget, on which data and at which seeds work is done, and where it is kept. */
export function withBudget(command: Command, tool: Tool): Command {
  const { reader } = tool;
  command
    .option("--scale <name>", "budget: smoke, mini, small or paper", reader(scaleOption), "mini")
    .option(
      "--precision <name>",
      "train in float32 or bfloat16 instead of the scale's own",
      reader(precisionOption),
    )
    .option("--data <file>", dataHelp)
    .option("--encoders <file>", encodersHelp)
    .option(
      "--allow <findings>",
      `continue although data check finds this wrong: ${findingNames.join(", ")}`,
      reader(allowOption),
      [],
    );
  return withStore(command, tool)
    .option(
      "--seeds <n>",
      "seeds 1 to n instead of the scale's, or others, such as 4-6",
      reader(seedsOption),
    );
}

/** The reader of ids of experiments, each of which may stand for several. */
export function idsReader(
  { experiments }: Tool,
): (word: string, earlier?: readonly string[]) => readonly string[] {
  return (word, earlier = []) => [...earlier, ...idsLike(word, experiments)];
}

/** Adds what every command of a whole study has in common. */
export function withStudy(command: Command, tool: Tool): Command {
  const { reader } = tool;
  command.argument(
    "<experiment...>",
    "ids of experiments (* stands for any letters), or all",
    idsReader(tool),
  );
  return withConditions(command, tool)
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

/**
 * What commands are not told that take conditions and no study: they know each condition at every seed that some command may
 * work.
 */
export const everySeed = {
  figures: "full",
  untilDecided: false,
  trustCode: false,
  json: false,
} as const;

/** Adds the option of what writes a report. */
export function withReport(
  command: Command,
  where = "where the report goes (default: reports/out/<experiments>-<scale>)",
): Command {
  return command.option("--out <folder>", where);
}

/** Options with the data file and the report's folder that are in force. */
export async function reportOptions<T extends StudyOptions>(
  ids: readonly string[],
  given: T,
  tool: Tool,
): Promise<T & ReportOptions> {
  const options = await withDataFile(given, tool);
  // Without a file no name of one is left.
  const { data: _, ...others } = given;
  return { ...others, ...options, out: given.out ?? defaultOut(tool.root, ids, given) } as
    & T
    & ReportOptions;
}
