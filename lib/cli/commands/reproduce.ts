import { memoryOption } from "@/lib/cli/room.ts";
import type { Command } from "commander";
import { reportOptions, withReport, withStudy } from "@/lib/cli/commands/study.ts";
import type { Tool } from "@/lib/cli/commands/tool.ts";
import {
  type EngineOptions,
  kindsOption,
  positiveInteger,
  type StudyOptions,
  textsOption,
} from "@/lib/cli/options.ts";
import { studyChecks } from "@/lib/cli/study_checks.ts";
import { checkBackendName } from "@/lib/tensor/backend_name.ts";
import { checkDevice } from "@/lib/tensor/device.ts";

/** Declares `deno task reproduce`. */
export function declareReproduce(all: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  withEngine(withReport(withStudy(all.command("reproduce"), tool)), tool)
    .description("run what is missing and write the report")
    .option("--only <kinds>", "only steps of these kinds", reader(kindsOption("--only")))
    .option(
      "--until <kinds>",
      "steps of these kinds and what they need, and nothing beyond",
      reader(kindsOption("--until")),
    )
    .option(
      "--force <step>",
      "run it even if it is up to date: a key's first digits, a label, a condition's name",
      textsOption,
    )
    .action(async (ids: string[], own: StudyOptions & EngineOptions) => {
      const options = await reportOptions(ids, own, tool);
      await check(studyChecks(ids, options, root));
      const { reproduce } = await import("@/lib/cli/reproduce.ts");
      await reproduce(ids, options, { root });
    });
}

/** Adds how work is computed, and how its progress is told. */
export function withEngine(command: Command, { reader }: Tool): Command {
  return command
    .option(
      "--jobs <n>",
      "worker processes at most; never more than one for each core, nor more than free memory holds, " +
        "within the limits of a container or batch job (default: that many; on a GPU 4 at most)",
      reader(positiveInteger("--jobs")),
    )
    .option(
      "--backend <name>",
      "tensorflow; or, where it has no library, wasm or webgpu, which are slower",
      reader(checkBackendName),
      "tensorflow",
    )
    .option(
      "--device <name>",
      "cpu, gpu, gpu:N, tpu, or gpu*N for N that train one network (default: a GPU where one is found)",
      reader(checkDevice),
    )
    .option(
      "--device-memory <amount>",
      "what each device has, such as 80G, instead of what is found: a step that needs more is refused",
      reader(memoryOption("--device-memory")),
    )
    .option("--check", "compare each compiled function with its plain run at first use", false)
    .option("--fail-fast", "start nothing more after a failure", false)
    .option("--json", "progress as JSON lines", false);
}
