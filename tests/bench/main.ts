/**
 * Benchmarks, apart from the tests because machines are noisy: `deno task bench step`.
 *
 * Ratios of runs taken side by side mean something here; absolute times do not.
 */

import { Command } from "commander";
import { benchStep } from "@/tests/bench/step.ts";

const program = new Command("deno task bench").description("Benchmarks against the peers");
program.command("step")
  .description("training step: ours in one single-threaded process a core against PyTorch")
  .option("--python <path>", "a Python that has torch 2.13.0", "python3")
  .option("--rounds <n>", "measurements of each, taken in turn", Number, 3)
  .option("--widths <list>", "widths of the network", "16,32")
  .option("--seconds <n>", "length of one measurement", Number, 10)
  .action((options: { python: string; rounds: number; widths: string; seconds: number }) =>
    benchStep({ ...options, widths: options.widths.split(",").map(Number) })
  );

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
