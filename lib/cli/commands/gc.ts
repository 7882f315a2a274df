import type { Command } from "commander";
import {
  dataHelp,
  encodersFile,
  encodersHelp,
  type Tool,
  withStore,
} from "@/lib/cli/commands/tool.ts";
import { soundExperiments } from "@/lib/cli/experiments.ts";
import type { GcOptions } from "@/lib/cli/gc.ts";
import { scalesOption, textsOption } from "@/lib/cli/options.ts";
import { findStore } from "@/lib/store/mod.ts";

/** Declares `deno task gc`. */
export function declareGc(all: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  const command = all.command("gc")
    .description("say what of the store no experiment asks for; removes it with --perform alone")
    .option(
      "--scale <name>",
      "keep what experiments reach at this scale; several times for several (default: all)",
      reader(scalesOption),
      [],
    )
    .option("--data <file>", `${dataHelp}; several times for several`, reader(textsOption), [])
    .option("--encoders <file>", encodersHelp);
  withStore(command, tool)
    .option(
      "--pin <experiment|key>",
      "keep what the store holds of it whatever experiments ask for, until --unpin",
      reader(textsOption),
      [],
    )
    .option("--unpin <experiment|key>", "keep it no longer for that", reader(textsOption), [])
    .option("--perform", "remove what is told", false)
    .action(async (own: GcOptions) => {
      await check([() => soundExperiments(root), () => findStore(own.store)]);
      const encoders = await encodersFile(own.encoders, root);
      const options = { ...own, ...encoders !== undefined && { encoders } };
      const { gc } = await import("@/lib/cli/gc.ts");
      await gc(options, root);
    });
}
