import { plan } from "@/lib/plan/mod.ts";
import { filesIn, readCode } from "@/lib/run/mod.ts";
import { race } from "@/tests/bench/contender.ts";
import { fillStore } from "@/tests/bench/large_store.ts";
import { largeStudy } from "@/tests/bench/large_study.ts";
import type { PlanLook } from "@/tests/bench/plan_program.ts";
import { textTable } from "@/tests/bench/text_table.ts";
import { domains } from "@/tests/plan/planned.ts";

const program = `${import.meta.dirname}/plan_program.ts`;

/**
 * Plans a study of 100,000 steps and looks for them in a store that holds them all, twice: the first look reads every byte,
 * the second knows which files look as they did then. Then it asks why a condition has to be worked of which the store has the
 * like, and what nothing of this project asks for, which is all.
 */
export async function benchPlan(): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const { steps } = plan(largeStudy(), domains);
    const code = await readCode(filesIn(`${import.meta.dirname}/../..`));
    await fillStore(folder, { steps, code });
    for (const look of ["first look", "second look"]) {
      const { said: [said], memory } = await race<PlanLook>([{
        command: Deno.execPath(),
        args: ["run", "--quiet", "-A", program, folder],
      }]);
      const { steps, cached, phases, others } = said!;
      const sum = (of: "seconds" | "user") => phases.reduce((total, one) => total + one[of], 0);
      const all = { phase: look, seconds: sum("seconds"), user: sum("user") };
      const rows = [...phases, all, ...others].map(({ phase, seconds, user }) => ({
        phase,
        seconds: seconds.toFixed(2),
        "of the processor": user.toFixed(2),
      }));
      const held = `${Math.round(memory.resident / 2 ** 20)} MiB at most`;
      const note = `${steps} steps, ${cached} cached, ${held}\n`;
      // deno-lint-ignore no-console -- the result of a benchmark
      console.log([...textTable(rows), note].join("\n"));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
