import type { Command } from "commander";
import { everySeed, idsReader, withConditions } from "@/lib/cli/commands/study.ts";
import { type Tool, withDataFile } from "@/lib/cli/commands/tool.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";
import type { Direction, TransferOptions } from "@/lib/cli/transfer.ts";
import { findStore } from "@/lib/store/mod.ts";

/** Declares `deno task push`. */
export function declarePush(all: Command, tool: Tool): void {
  carrying("push", all, tool)
    .description("send artifacts to a folder or a bucket; what is there is not sent again");
}

/** Declares `deno task pull`. */
export function declarePull(all: Command, tool: Tool): void {
  carrying("pull", all, tool)
    .description("fetch artifacts out of a folder or a bucket; what is here is not fetched again");
}

/** Adds a command that carries artifacts out of the store or into it. */
function carrying(direction: Direction, all: Command, tool: Tool): Command {
  const { check, root } = tool;
  const command = all.command(direction)
    .argument("<place>", "a folder, or s3://BUCKET/PREFIX (AWS_ENDPOINT_URL names its server)")
    .argument(
      "[experiment...]",
      "ids of experiments, in which * stands for any letters, or all: what they reach (default: every artifact that there is)",
      idsReader(tool),
      [],
    );
  return withConditions(command, tool)
    .option("--replace", "also where another artifact of the step is there, in its place", false)
    .option("--json", "artifacts as JSON lines", false)
    .action(async (place: string, ids: string[], own: TransferOptions) => {
      const options = { ...everySeed, ...await withDataFile(own, tool) };
      await check(
        ids.length === 0 ? [() => findStore(options.store)] : studyChecks(ids, options, root),
      );
      const { carry } = await import("@/lib/cli/transfer.ts");
      await carry(direction, place, { ids, options, root });
    });
}
