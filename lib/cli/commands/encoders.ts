import type { Command } from "commander";
import type { Tool } from "@/lib/cli/commands/tool.ts";
import type { EncodersOptions } from "@/lib/cli/encoders.ts";

/** Declares `deno task encoders`. */
export function declareEncoders(all: Command, { root }: Tool): void {
  all.command("encoders")
    .description("say whether encoders from outside can be read whole; exits with 1 if not")
    .argument("[names...]", "encoders (default: all that the file names)")
    .option(
      "--encoders <file>",
      "YAML file that names encoders from outside",
      `${root}/encoders.yaml`,
    )
    .option("--json", "as JSON", false)
    .action(async (names: string[], options: EncodersOptions) => {
      const { lookAtEncoders } = await import("@/lib/cli/encoders.ts");
      await lookAtEncoders(names, options);
    });
}
