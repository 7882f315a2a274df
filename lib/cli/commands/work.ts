import { memoryOption } from "@/lib/cli/room.ts";
import type { Command } from "commander";
import { type Tool, withStore } from "@/lib/cli/commands/tool.ts";
import { kindsOption, positiveInteger, positiveNumber } from "@/lib/cli/options.ts";
import type { WorkOptions } from "@/lib/cli/work.ts";
import { checkDevice } from "@/lib/tensor/device.ts";

/** Declares `deno task work`, which takes steps from a plan that another command has written into the store. */
export function declareWork(all: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  const command = all.command("work")
    .description("take steps from a plan in a store until nothing is left, here or anywhere")
    .requiredOption("--plan <id>", "the plan, by the first digits of its name");
  withStore(command, tool)
    .option(
      "--minutes <n>",
      "leave after so many minutes; what is under way is kept",
      reader(positiveNumber("--minutes")),
    )
    .option(
      "--idle <n>",
      "leave after so many minutes without anything to take",
      reader(positiveNumber("--idle")),
    )
    .option("--kinds <names>", "only steps of these kinds", reader(kindsOption("--kinds")))
    .option("--jobs <n>", "worker processes at most", reader(positiveInteger("--jobs")))
    .option(
      "--device <name>",
      "cpu, gpu, gpu:N, tpu, or gpu*N for N that train one network (default: the plan's, or a GPU where one is found)",
      reader(checkDevice),
    )
    .option(
      "--device-memory <amount>",
      "what each device has, such as 80G, instead of what is found: it takes no step that needs more",
      reader(memoryOption("--device-memory")),
    )
    .option("--retry-failed", "also steps that failed before", false)
    .option("--fail-fast", "start nothing more after a failure", false)
    .option("--json", "progress as JSON lines", false)
    .action(async (options: WorkOptions) => {
      await check([]);
      const { work } = await import("@/lib/cli/work.ts");
      await work(options, root);
    });
}
