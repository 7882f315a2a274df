import type { Command } from "commander";
import { type Tool, withStore } from "@/lib/cli/commands/tool.ts";
import type { StatusOptions } from "@/lib/cli/status.ts";
import { findStore } from "@/lib/store/mod.ts";

/** Declares `deno task status`. */
export function declareStatus(all: Command, tool: Tool): void {
  const command = all.command("status")
    .description("say where the plans of the store stand: what is done, who works, what failed");
  withStore(command, tool)
    .option("--plan <id>", "one plan alone (default: those with workers, or the last)")
    .option("--watch", "until nothing is left to run", false)
    .option("--json", "as JSON; with --watch a line each time", false)
    .action(async (options: StatusOptions) => {
      await tool.check([() => findStore(options.store)]);
      const { status } = await import("@/lib/cli/status.ts");
      await status(options);
    });
}
