import type { EngineRow, Measured, Precision } from "@/tests/bench/engine_row.ts";
import { spread } from "@/tests/bench/statistics.ts";
import { textTable } from "@/tests/bench/text_table.ts";
import { rateOf, torchForms } from "@/tests/bench/torch_form.ts";

/** What the notes below the tables say of a run. */
interface Run {
  readonly peaks: Readonly<Record<Precision, number>>;
  /** The machine's load before. */
  readonly load: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly ours: "processes" | "threads";
  readonly pythonVision?: string;
}

/** Prints a line for each row, then each form of PyTorch's, and below what the columns mean. */
export function printEngineTable(rows: readonly EngineRow[], run: Run): void {
  const lines = [
    ...textTable(rows.map(cells)),
    "",
    "PyTorch's forms, views/s:",
    ...textTable(rows.map((row) => formCells(row, tried(rows)))),
    "",
    ...notes(rows, run),
  ];
  // deno-lint-ignore no-console -- the result of a benchmark
  console.log(lines.join("\n"));
}

function cells(row: EngineRow): Record<string, string> {
  const { operations, peak, ours } = row;
  const torch = row.torch[row.best]!;
  const share = (measured: readonly Measured[]) =>
    `${Math.round(100 * rateOf(measured) * operations / peak)} %`;
  return {
    ...headings(row),
    "ours, views/s": ratesOf(ours),
    "PyTorch's best": ratesOf(torch),
    "which form": row.best,
    "ours / PyTorch": spread(ours.map(({ rate }, round) => rate / torch[round]!.rate), 2),
    "ours, MiB": memoryOf(ours),
    "PyTorch, MiB": memoryOf(torch),
    "ours, of peak": share(ours),
    "PyTorch, of peak": share(torch),
  };
}

function formCells(row: EngineRow, forms: readonly string[]): Record<string, string> {
  const rounds = row.torch[row.best]!.length;
  const rates = forms.map((name) => {
    const measured = row.torch[name];
    if (measured === undefined) return [name, "failed"];
    const rate = rateOf(measured).toFixed(1);
    return [name, measured.length < rounds ? `(${rate})` : rate];
  });
  return { ...headings(row), ...Object.fromEntries(rates) };
}

/** The names of the forms that were measured or failed. */
function tried(rows: readonly EngineRow[]): string[] {
  return torchForms.map(({ name }) => name).filter((name) =>
    rows.some(({ torch, failed }) => name in torch || name in failed)
  );
}

function headings({ name, precision, views }: EngineRow): Record<string, string> {
  return { "": `${name}, ${precision}`, "PyTorch's views": views };
}

function ratesOf(measured: readonly Measured[]): string {
  return spread(measured.map(({ rate }) => rate), 1);
}

function memoryOf(measured: readonly Measured[]): string {
  const most = (sizes: readonly number[]) => Math.round(Math.max(...sizes) / 2 ** 20);
  const proportional = most(measured.map((one) => one.proportional));
  return `${proportional} (${most(measured.map((one) => one.resident))})`;
}

function notes(rows: readonly EngineRow[], run: Run): string[] {
  const { peaks, load, rounds, seconds, ours, pythonVision } = run;
  const cores = navigator.hardwareConcurrency;
  const giga = (operations: number) => `${Math.round(operations / 1e9)} GFLOP/s`;
  const how = {
    processes:
      `${cores} single-threaded processes, each with a training of its own, their rates added`,
    threads: `one process with ${cores} threads`,
  };
  const busy = load > 0.5
    ? [
      `The machine was busy (load ${
        load.toFixed(1)
      }): threads that wait for each other lose more by that than processes. Measure again when it is quiet.`,
    ]
    : [];
  const whole = pythonVision === undefined
    ? ["Whole trainings, with views by torchvision, were left out: they need --python-vision."]
    : [
      "Views: ready-made ones are the same in every step. Others are drawn in every step, from uint8 images in memory, by " +
      "torchvision's transforms (v2), on bytes or floats, whichever is faster. They draw once for all that they are " +
      "given: with an image at a time each has a crop and colours of its own, as ours have; with a batch, which is faster, " +
      "all its images share them.",
    ];
  return [
    ...busy,
    `Median (smallest to largest) of ${rounds} rounds in turn, at least ${seconds} s each, after 2 steps of warm-up.`,
    `Ours: ${how[ours]}; gathers its images and augments them in every step.`,
    `PyTorch: ${
      versionsOf(rows)
    }. Processes: ${how.processes}; threads: ${how.threads}; compiled: by torch.compile, ` +
    "before the clock starts. The best form counts; one more than 15 % slower in the first round (in brackets) is not " +
    "measured again.",
    ...whole,
    ...failures(rows),
    "MiB: most memory held, each page once (in brackets: the sum of each process's largest resident set, shared pages " +
    "in each); of PyTorch's best form.",
    "Of peak: 3 x 2 x multiply-adds of convolutions and dense layers forward, as a share of what this machine " +
    `reached in 2048 x 2048 matrix products in the same precision, ${cores} processes at once: float32 ` +
    `${giga(peaks.float32)}, bfloat16 ${giga(peaks.bfloat16)}.`,
  ];
}

/** Which PyTorch made which views, as its programs said. */
function versionsOf(rows: readonly EngineRow[]): string {
  const views = Map.groupBy(
    rows,
    ({ torch, best }) => torch[best]![0]!.said[0]!.versions ?? "",
  );
  return [...views].map(([versions, of]) =>
    `${versions} (views: ${[...new Set(of.map((row) => row.views))].join("; ")})`
  ).join(", ");
}

/** Why forms failed, each reason once: the line of a program's complaint that names the error. */
function failures(rows: readonly EngineRow[]): string[] {
  const reasons = rows.flatMap(({ failed }) => Object.values(failed)).map((message) => {
    const lines = message.trim().split("\n");
    return lines.findLast((line) => /^\S+(Error|Exception): /.test(line)) ?? lines.at(-1)!;
  });
  return [...new Set(reasons)].map((reason) => `A compiled form failed: ${reason}`);
}
