/**
 * Disturbs runs of a small study in many ways, and checks after each that the same command finishes, that every artifact is byte
 * for byte that of an undisturbed run, and that nothing that was complete was done twice: `deno task campaign`.
 */

import { Command, Option } from "commander";
import { InputError } from "@/lib/base/errors.ts";
import { positiveInteger } from "@/lib/cli/options.ts";
import { campaign, faultNames, type FaultTimes } from "@/tests/campaign/campaign.ts";
import { cellsOf, problemsOf } from "@/tests/campaign/row.ts";
import { textTable } from "@/tests/bench/text_table.ts";

const usual: FaultTimes = {
  kills: 200,
  disk: 10,
  readOnly: 5,
  dates: 3,
  sleeps: 3,
  damage: 100,
  crowd: 3,
  lag: 3,
};

const program = new Command("deno task campaign")
  .description("Disturbs runs of a small study, and checks that they come to the same")
  .option("--seed <n>", "what random moments and places come from", positiveInteger("--seed"))
  .addOption(new Option("--only <faults...>", "some alone").choices(faultNames))
  .option("--times <n>", "how often each strikes", positiveInteger("--times"))
  .action(async (options: { seed?: number; only?: readonly string[]; times?: number }) => {
    const { seed = 1 + Math.floor(1e6 * Math.random()), only = faultNames, times } = options;
    const chosen = faultNames.filter((name) => only.includes(name));
    // deno-lint-ignore no-console -- what the program is for
    const say = (line: string) => console.log(line);
    say(`seed ${seed}: --seed ${seed} disturbs in the same way`);
    const rows = await campaign(
      Object.fromEntries(chosen.map((name) => [name, times ?? usual[name]])),
      { seed, onRow: (row) => say(Object.values(cellsOf(row)).join("  ")) },
    );
    say("");
    textTable(rows.map(cellsOf)).forEach(say);
    const problems = rows.flatMap(problemsOf);
    problems.forEach(say);
    if (problems.length > 0) Deno.exitCode = 1;
  });

if (import.meta.main) {
  await program.parseAsync(Deno.args, { from: "user" }).catch((error) => {
    if (!(error instanceof InputError)) throw error;
    program.error(`error: ${error.message}`);
  });
}
