/**
 * Benchmarks, apart from the tests because machines are noisy: `deno task bench engine`, and others (`--help`).
 *
 * Ratios of runs taken side by side mean something here; absolute times do not.
 */

import { Command, Option } from "commander";
import { benchEngine, type EngineOptions } from "@/tests/bench/engine.ts";
import { benchFeed } from "@/tests/bench/feed.ts";
import { type GpuOptions, packGpuBench } from "@/tests/bench/gpu/command.ts";
import { benchIngest, type IngestOptions } from "@/tests/bench/ingest.ts";
import { benchJudge, type JudgeOptions } from "@/tests/bench/judge.ts";
import { benchLinear } from "@/tests/bench/linear.ts";
import { benchMillion } from "@/tests/bench/million.ts";
import { benchPixelProbe } from "@/tests/bench/pixel_probe.ts";
import { benchPlan } from "@/tests/bench/plan.ts";
import { benchWork } from "@/tests/bench/work.ts";
import { benchWorlds } from "@/tests/bench/worlds.ts";

const program = new Command("deno task bench").description("Benchmarks against the peers");
program.command("engine")
  .description("our training step against PyTorch's on all cores: speed, memory, share of the peak")
  .option("--python <path>", "a Python that has torch 2.13.0", "python3")
  .option("--python-vision <path>", "one with torchvision 0.29.1, for whole trainings too")
  .option("--rounds <n>", "measurements of each, taken in turn", Number, 3)
  .option("--seconds <n>", "least length of one measurement", Number, 10)
  .option(
    "--only <text>",
    'only cases with this in their name, such as "width 16, 32 px, float32, ready-made"',
  )
  .option("--forms <text>", 'only PyTorch\'s forms with this in their name, such as "processes"')
  .option("--json <file>", "write all that was measured there")
  .addOption(
    new Option("--ours <how>", "how we use all cores").choices(["processes", "threads"])
      .default("processes"),
  )
  .action((options: EngineOptions) => benchEngine(options));
program.command("gpu")
  .description("writes a folder that checks and times an accelerator, to be run where one is")
  .requiredOption("--pack <folder>", "where to write it")
  .option("--images <n>", "images of each timed step: a few, to try it on a processor", Number)
  .action(async (options: GpuOptions) => {
    // deno-lint-ignore no-console -- the result of a benchmark
    console.log(await packGpuBench(options));
  });
program.command("judge")
  .description("simulated studies: how often the judge is wrong, and how often it decides")
  .option(
    "--studies <n>",
    "studies with every claim at its border; a quarter for each effect",
    Number,
    200,
  )
  .option("--images <n>", "test images a role", Number, 1500)
  .action((options: JudgeOptions) => benchJudge(options));
program.command("worlds")
  .description("images a minute of each built-in world, one process a core")
  .action(benchWorlds);
program.command("pixel-probe")
  .description("how hard the built-in worlds are: raw pixels against a supervised network")
  .option("--only <world>", "one world alone")
  .action((options: { only?: string }) => benchPixelProbe(options));
program.command("ingest")
  .description("decoding and resizing against libvips' own vipsthumbnail, which must be installed")
  .option("--folder <path>", "photographs of your own, as train/<class>/… and test/<class>/…")
  .option("--rounds <n>", "measurements of each, taken in turn", Number, 3)
  .action((options: IngestOptions) => benchIngest(options));
program.command("linear")
  .description(
    "linear probes of 8,000 x 64 features, 60 classes, 6 label counts, 7 regularisations",
  )
  .action(benchLinear);
program.command("million")
  .description("time and memory of listing a million images")
  .option("--images <n>", "how many", Number, 1_000_000)
  .action((options: { images: number }) => benchMillion(options));
program.command("plan")
  .description("time and memory of planning 100,000 steps and finding them in a store")
  .action(benchPlan);
program.command("work")
  .description("a plan of 100,000 steps written, read, begun; what a worker takes beside a step")
  .action(benchWork);
program.command("feed")
  .description("how long a training step at 224 px waits for its images")
  .option("--images <n>", "how many to train on", Number, 320)
  .option("--threads <n>", "threads of the training step", Number, 1)
  .action((options: { images: number; threads: number }) => benchFeed(options));

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
