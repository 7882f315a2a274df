import type { Command } from "commander";
import { type Tool, withStore } from "@/lib/cli/commands/tool.ts";

/** Declares `deno task cancel`. */
export function declareCancel(all: Command, tool: Tool): void {
  const command = all.command("cancel")
    .argument("[plan]", "the plan, by the first digits of its name (default: the only one)")
    .description("end what was submitted to Slurm for a plan; what is worked stays");
  withStore(command, tool)
    .action(async (plan: string | undefined, options: { store: string }) => {
      await tool.check([]);
      const { cancel } = await import("@/lib/cli/cancel.ts");
      await cancel(plan, options);
    });
}
