import type { ContenderName, EngineRow, Measured, Precision } from "@/tests/bench/engine_row.ts";
import { median, spread } from "@/tests/bench/statistics.ts";
import { textTable } from "@/tests/bench/text_table.ts";

/** Prints a line for each row, and below it what the columns mean. */
export function printEngineTable(
  rows: readonly EngineRow[],
  at: {
    readonly peaks: Readonly<Record<Precision, number>>;
    /** The machine's load before. */
    readonly load: number;
    readonly rounds: number;
    readonly seconds: number;
    readonly ours: "processes" | "threads";
  },
): void {
  // deno-lint-ignore no-console -- the result of a benchmark
  console.log([...textTable(rows.map(cells)), "", ...notes(at)].join("\n"));
}

function cells({ name, precision, operations, peak, measured }: EngineRow): Record<string, string> {
  const best = bestLayout(measured);
  const share = (name: ContenderName) =>
    `${Math.round(100 * median(ratesOf(measured[name])) * operations / peak)} %`;
  return {
    "": `${name}, ${precision}`,
    "ours, views/s": spread(ratesOf(measured.ours), 1),
    "torch contiguous": spread(ratesOf(measured.contiguous), 1),
    "torch channels-last": spread(ratesOf(measured["channels-last"]), 1),
    "ours / best torch": spread(
      measured.ours.map((one, round) => one.rate / measured[best][round]!.rate),
      2,
    ),
    "ours, MiB": memoryOf(measured.ours),
    "torch, MiB": memoryOf(measured[best]),
    "ours, of peak": share("ours"),
    "torch, of peak": share(best),
  };
}

/** PyTorch's faster one. */
function bestLayout(measured: EngineRow["measured"]): "contiguous" | "channels-last" {
  const rate = (name: ContenderName) => median(ratesOf(measured[name]));
  return rate("contiguous") > rate("channels-last") ? "contiguous" : "channels-last";
}

function ratesOf(measured: readonly Measured[]): number[] {
  return measured.map(({ rate }) => rate);
}

function memoryOf(measured: readonly Measured[]): string {
  const most = (sizes: readonly number[]) => Math.round(Math.max(...sizes) / 2 ** 20);
  const proportional = most(measured.map((one) => one.proportional));
  return `${proportional} (${most(measured.map((one) => one.resident))})`;
}

function notes(
  { peaks, load, rounds, seconds, ours }: Parameters<typeof printEngineTable>[1],
): string[] {
  const cores = navigator.hardwareConcurrency;
  const giga = (operations: number) => `${Math.round(operations / 1e9)} GFLOP/s`;
  const how = ours === "processes"
    ? `${cores} single-threaded processes, each with a training of its own, their rates added`
    : `one process with ${cores} threads`;
  const busy = load > 0.5
    ? [
      `The machine was busy (load ${
        load.toFixed(1)
      }): threads that wait for each other, as PyTorch's do, lose more ` +
      "by that than processes. Measure again when it is quiet.",
    ]
    : [];
  return [
    ...busy,
    `Median (smallest to largest) of ${rounds} rounds in turn, at least ${seconds} s each, after 2 steps of warm-up.`,
    `Ours: ${how}; gathers its images and augments them in every step.`,
    `PyTorch: one process with ${cores} threads; its views are ready-made, the same in every step.`,
    "MiB: most memory held, each page once (in brackets: the sum of each process's largest resident set, shared pages " +
    "in each); of PyTorch's faster layout.",
    "Of peak: 3 x 2 x multiply-adds of convolutions and dense layers forward, as a share of what this machine " +
    `reached in 2048 x 2048 matrix products in the same precision, ${cores} processes at once: float32 ` +
    `${giga(peaks.float32)}, bfloat16 ${giga(peaks.bfloat16)}.`,
  ];
}
