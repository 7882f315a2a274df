import type { Command } from "commander";
import { encodersFile, encodersHelp, type Tool } from "@/lib/cli/commands/tool.ts";
import type { EncodersOptions } from "@/lib/cli/encoders.ts";

/** Declares `deno task encoders`. */
export function declareEncoders(all: Command, { root }: Tool): void {
  all.command("encoders")
    .description("say whether encoders from outside can be read whole; exits with 1 if not")
    .argument("[names...]", "encoders (default: all that the file names)")
    .option("--encoders <file>", encodersHelp)
    .option("--json", "as JSON", false)
    .action(
      async (names: string[], own: Partial<EncodersOptions> & Pick<EncodersOptions, "json">) => {
        const encoders = await encodersFile(own.encoders, root) ?? `${root}/encoders.yaml`;
        const { lookAtEncoders } = await import("@/lib/cli/encoders.ts");
        await lookAtEncoders(names, { ...own, encoders });
      },
    );
}
