import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { inputErrorsIn } from "@/lib/base/errors.ts";
import { explained } from "@/lib/base/system_errors.ts";
import { declareShow, declareWhy } from "@/lib/cli/commands/ask.ts";
import { declareCancel } from "@/lib/cli/commands/cancel.ts";
import { declarePull, declarePush } from "@/lib/cli/commands/carry.ts";
import { declareData } from "@/lib/cli/commands/data.ts";
import { declareDoctor } from "@/lib/cli/commands/doctor.ts";
import { declareEncoders } from "@/lib/cli/commands/encoders.ts";
import { declareExport } from "@/lib/cli/commands/export.ts";
import { declareFeatures } from "@/lib/cli/commands/features.ts";
import { declareGc } from "@/lib/cli/commands/gc.ts";
import { declarePlan } from "@/lib/cli/commands/plan.ts";
import { declareAsk } from "@/lib/cli/commands/question.ts";
import { declareReport } from "@/lib/cli/commands/report.ts";
import { declareReproduce } from "@/lib/cli/commands/reproduce.ts";
import { declareStatus } from "@/lib/cli/commands/status.ts";
import { declareSubmit } from "@/lib/cli/commands/submit.ts";
import type { Declaration, Tool } from "@/lib/cli/commands/tool.ts";
import { declareVerify } from "@/lib/cli/commands/verify.ts";
import { declareWork } from "@/lib/cli/commands/work.ts";
import { findExperiments } from "@/lib/cli/experiments.ts";
import { readGiven } from "@/lib/cli/given.ts";
import { complain, write } from "@/lib/cli/say.ts";

/** All commands, in the order in which the tool's help and the tasks of deno.json list them. */
const commands: Readonly<Record<string, readonly Declaration[]>> = {
  "Run": [declareReproduce, declareAsk, declarePlan, declareReport, declareExport],
  "Look": [declareStatus, declareShow, declareWhy],
  "Data": [declareData, declareEncoders, declareFeatures],
  "Upkeep": [declareDoctor, declarePush, declarePull, declareVerify, declareGc],
  "Cluster": [declareSubmit, declareCancel, declareWork],
};

function program(tool: Tool): Command {
  const all = new Command("deno task")
    .description("When does contrastive visual representation learning work? A reproducible study.")
    .configureOutput({ writeOut: write, writeErr: complain })
    .showHelpAfterError("(--help lists what can be given)")
    .exitOverride();
  for (const [group, declarations] of Object.entries(commands)) {
    all.commandsGroup(`${group}:`);
    for (const declare of declarations) declare(all, tool);
  }
  return all;
}

if (import.meta.main) {
  try {
    const root = resolve(import.meta.dirname!, "../..");
    // Some of them reports load too, which would tell of what is wrong in other words: they are loaded first.
    const { experiments } = await findExperiments(root);
    const tool = { ...readGiven(), root, experiments };
    await program(tool).parseAsync(Deno.args, { from: "user" });
  } catch (error) {
    // Where 2 means that something would run, it must not mean a mistake.
    const mistake = Deno.args.includes("--exit-code") ? 1 : 2;
    // What it had to say is said, be it help.
    if (error instanceof CommanderError) Deno.exit(error.exitCode === 0 ? 0 : mistake);
    // What the user can mend needs no stack; anything else is ours.
    const told = inputErrorsIn(explained(error, "This machine"));
    if (told.length === 0) throw error;
    for (const { message } of told) complain(`error: ${message}\n`);
    Deno.exitCode = mistake;
  }
}
