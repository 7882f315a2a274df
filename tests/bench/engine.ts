import { type Contender, race } from "@/tests/bench/contender.ts";
import { type EngineCase, engineCases, operationsOfView } from "@/tests/bench/engine_cases.ts";
import {
  type ContenderName,
  contenderNames,
  type EngineRow,
  type Measured,
  type Precision,
  precisions,
  type Said,
} from "@/tests/bench/engine_row.ts";
import { printEngineTable } from "@/tests/bench/engine_table.ts";

/** What to measure and how often. */
export interface EngineOptions {
  /** A Python that has torch. */
  readonly python: string;
  /** How often each contender is measured; they take turns, so that a machine that slows down slows all. */
  readonly rounds: number;
  /** Least length of one measurement. */
  readonly seconds: number;
  /** Both cores for us: as single-threaded processes, or as the threads of one. */
  readonly ours: "processes" | "threads";
  /** Only the cases whose "name, precision" has this in it. */
  readonly only?: string;
  /** A file for all that was measured. */
  readonly json?: string;
}

const cores = navigator.hardwareConcurrency;

/** Times our compiled training step against PyTorch's on all cores of this machine, and prints one table. */
export async function benchEngine(options: EngineOptions): Promise<void> {
  const wanted = engineCases.flatMap((engineCase) =>
    precisions.map((precision) => ({ engineCase, precision }))
  ).filter(({ engineCase, precision }) =>
    `${engineCase.name}, ${precision}`.includes(options.only ?? "")
  );
  if (wanted.length === 0) throw new Error(`No case has "${options.only}" in its name`);

  const load = Deno.loadavg()[0]!;
  const peaks = { float32: await matrixPeak("float32"), bfloat16: await matrixPeak("bfloat16") };
  const rows: EngineRow[] = [];
  for (const { engineCase, precision } of wanted) {
    const measured = { ours: [], contiguous: [], "channels-last": [] } as Record<
      ContenderName,
      Measured[]
    >;
    for (let round = 0; round < options.rounds; round++) {
      for (const name of contenderNames) {
        measured[name].push(await measure(name, { engineCase, precision, options }));
        progress(`${engineCase.name}, ${precision}, round ${round + 1}: ${name}`);
      }
    }
    checkSame(Object.values(measured).flat());
    const operations = operationsOfView(engineCase);
    rows.push({ name: engineCase.name, precision, operations, peak: peaks[precision], measured });
  }
  printEngineTable(rows, { peaks, load, ...options });
  if (options.json !== undefined) {
    const found = { cores, load, options, peaks, rows };
    await Deno.writeTextFile(options.json, JSON.stringify(found, null, 2) + "\n");
  }
}

async function measure(
  name: ContenderName,
  at: { engineCase: EngineCase; precision: Precision; options: EngineOptions },
): Promise<Measured> {
  const { python, seconds, ours } = at.options;
  const args = [JSON.stringify(at.engineCase), at.precision, String(seconds)];
  const contenders: Contender[] = name !== "ours"
    ? [{
      command: python,
      args: [`${import.meta.dirname}/engine_torch.py`, ...args, String(cores), name],
      needs: "It needs a --python that has torch 2.13.0.",
    }]
    : ours === "processes"
    ? Array.from({ length: cores }, () => deno("engine_ours.ts", [...args, "1"]))
    : [deno("engine_ours.ts", [...args, String(cores)])];
  const { said, memory } = await race<Said>(contenders);
  return {
    rate: said.reduce((sum, one) => sum + one.views / one.seconds, 0),
    ...memory,
    said,
  };
}

/** Multiplications and additions a second, all cores together, in the product of two large matrices. */
async function matrixPeak(precision: Precision): Promise<number> {
  const contenders = Array.from({ length: cores }, () => deno("matrix_peak.ts", [precision]));
  const { said } = await race<{ operations: number }>(contenders);
  return said.reduce((sum, one) => sum + one.operations, 0);
}

function deno(program: string, args: readonly string[]): Contender {
  return {
    command: Deno.execPath(),
    args: ["run", "--quiet", "-A", `${import.meta.dirname}/${program}`, ...args],
  };
}

/** Refuses a comparison of different networks, or of one that has gone astray. */
function checkSame(measured: readonly Measured[]): void {
  const said = measured.flatMap((one) => one.said);
  const parameters = new Set(said.map((one) => one.parameters));
  if (parameters.size !== 1) {
    throw new Error(`The networks differ: they have ${[...parameters].join(" and ")} parameters`);
  }
  const astray = said.find(({ losses }) => !losses.every(Number.isFinite));
  if (astray !== undefined) throw new Error(`A loss is not finite: ${astray.losses.join(", ")}`);
}

function progress(line: string): void {
  // deno-lint-ignore no-console -- beside the table, not in it
  console.error(line);
}
