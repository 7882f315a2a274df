import type { Command } from "commander";
import { type Tool, withStore } from "@/lib/cli/commands/tool.ts";
import { findStore } from "@/lib/store/mod.ts";

/** Declares `deno task verify`. */
export function declareVerify(all: Command, tool: Tool): void {
  const command = all.command("verify")
    .description("read every byte of the store; exits with 1 if anything is not as it was written");
  withStore(command, tool)
    .option("--json", "as JSON", false)
    .action(async (options: { store: string; json: boolean }) => {
      await tool.check([() => findStore(options.store)]);
      const { verify } = await import("@/lib/cli/verify.ts");
      await verify(options);
    });
}
