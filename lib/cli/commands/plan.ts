import { memoryOption } from "@/lib/cli/room.ts";
import { checkDevice } from "@/lib/tensor/device.ts";
import type { Command } from "commander";
import { withStudy } from "@/lib/cli/commands/study.ts";
import { type Tool, withDataFile } from "@/lib/cli/commands/tool.ts";
import {
  checkPlanOptions,
  graphOption,
  type PlanOptions,
  positiveInteger,
} from "@/lib/cli/options.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";

/** Declares `deno task plan`. */
export function declarePlan(all: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  withStudy(all.command("plan"), tool)
    .description("show what would run, how long it would take, and why; runs nothing")
    .option("--all-steps", "every step with its state, cached ones too", false)
    .option(
      "--jobs <n>",
      "worker processes to assume, at most; limited as for reproduce",
      reader(positiveInteger("--jobs")),
    )
    .option(
      "--device <name>",
      "whether steps fit its memory is told: cpu, gpu, gpu:N, … (default: a GPU where one is found)",
      reader(checkDevice),
    )
    .option(
      "--device-memory <amount>",
      "what each device has, such as 80G, where it is another machine's",
      reader(memoryOption("--device-memory")),
    )
    .option("--json", "the plan as JSON", false)
    .option(
      "--graph <language>",
      "the plan as a picture instead, mermaid or dot: its steps or, where they are many, their kinds",
      reader(graphOption),
    )
    .option(
      "--exit-code",
      "exit with 2 if anything would run and with 0 if nothing would; what is wrong exits with 1",
      false,
    )
    .action(async (ids: string[], own: PlanOptions) => {
      const options = await withDataFile(own, tool);
      await check([() => checkPlanOptions(options), ...studyChecks(ids, options, root)]);
      const { showPlan } = await import("@/lib/cli/show_plan.ts");
      await showPlan(ids, options, { root });
    });
}
