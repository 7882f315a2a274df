/**
 * Benchmarks, apart from the tests because machines are noisy: `deno task bench engine`, `deno task bench gpu`.
 *
 * Ratios of runs taken side by side mean something here; absolute times do not.
 */

import { Command, Option } from "commander";
import { benchEngine, type EngineOptions } from "@/tests/bench/engine.ts";
import { benchGpu, type GpuOptions } from "@/tests/bench/gpu.ts";

const program = new Command("deno task bench").description("Benchmarks against the peers");
program.command("engine")
  .description("our training step against PyTorch's on all cores: speed, memory, share of the peak")
  .option("--python <path>", "a Python that has torch 2.13.0", "python3")
  .option("--rounds <n>", "measurements of each, taken in turn", Number, 3)
  .option("--seconds <n>", "least length of one measurement", Number, 10)
  .option("--only <text>", 'only cases with this in their name, such as "width 16, 32 px, float32"')
  .option("--json <file>", "write all that was measured there")
  .addOption(
    new Option("--ours <how>", "how we use all cores").choices(["processes", "threads"])
      .default("processes"),
  )
  .action((options: EngineOptions) => benchEngine(options));
program.command("gpu")
  .description("checks and times all that a GPU does; says what it would do where there is none")
  .option("--device <name>", "gpu, gpu:1 for the second, or cpu to try this script", "gpu")
  .option("--only <text>", "only checks with this in their name")
  .action(async (options: GpuOptions) => {
    Deno.exitCode = await benchGpu(options) === 0 ? 0 : 1;
  });

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
