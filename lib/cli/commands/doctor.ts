import type { Command } from "commander";
import { type Tool, withStore } from "@/lib/cli/commands/tool.ts";

/** Declares `deno task doctor`. */
export function declareDoctor(all: Command, tool: Tool): void {
  const command = all.command("doctor")
    .description("say what this machine offers, what is missing and how to fix it");
  withStore(command, tool)
    .option("--json", "as JSON", false)
    .action(async (options: { store: string; json: boolean }) => {
      const { doctor } = await import("@/lib/cli/doctor.ts");
      await doctor(options);
    });
}
