import { worldNames } from "@/lib/worlds/mod.ts";
import { race } from "@/tests/bench/contender.ts";
import { textTable } from "@/tests/bench/text_table.ts";

const program = `${import.meta.dirname}/worlds_program.ts`;

/** Times the drawing of each built-in world, one process a core, as the runner ingests several domains at once. */
export async function benchWorlds(): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const world of worldNames) {
    const row: Record<string, string> = { world };
    for (const size of [32, 64, 224]) {
      const contenders = Array.from({ length: navigator.hardwareConcurrency }, () => ({
        command: Deno.execPath(),
        args: ["run", "--quiet", "-A", program, world, String(size)],
      }));
      const { said } = await race<{ imagesPerSecond: number }>(contenders);
      const all = said.reduce((sum, { imagesPerSecond }) => sum + imagesPerSecond, 0);
      row[`images a minute at ${size} px`] = Math.round(60 * all).toLocaleString("en");
    }
    rows.push(row);
  }
  // deno-lint-ignore no-console -- the result of a benchmark
  console.log(textTable(rows).join("\n"));
}
