import { type Contender, race } from "@/tests/bench/contender.ts";
import {
  type EngineCase,
  engineCases,
  engineTraining,
  operationsOfView,
} from "@/tests/bench/engine_cases.ts";
import {
  type EngineRow,
  type Measured,
  type Precision,
  precisions,
  type Said,
  type TorchViews,
  torchViews,
} from "@/tests/bench/engine_row.ts";
import { printEngineTable } from "@/tests/bench/engine_table.ts";
import { bestForm, nearBest, type TorchForm, torchForms } from "@/tests/bench/torch_form.ts";

/** What to measure and how often. */
export interface EngineOptions {
  /** A Python that has torch. */
  readonly python: string;
  /** A Python that has torch and torchvision; without it PyTorch's views are ready-made only. */
  readonly pythonVision?: string;
  /** How often each contender is measured; they take turns, so that a machine that slows down slows all. */
  readonly rounds: number;
  /** Least length of one measurement. */
  readonly seconds: number;
  /** Both cores for us: as single-threaded processes, or as the threads of one. */
  readonly ours: "processes" | "threads";
  /** Only the cases whose "name, precision, views" has this in it. */
  readonly only?: string;
  /** Only PyTorch's forms whose name has this in it. */
  readonly forms?: string;
  /** A file for all that was measured. */
  readonly json?: string;
}

/** One row to measure. */
interface Wanted {
  readonly engineCase: EngineCase;
  readonly precision: Precision;
  readonly views: TorchViews;
}

const cores = navigator.hardwareConcurrency;

/** Times our compiled training step against PyTorch's on all cores of this machine, and prints one table. */
export async function benchEngine(options: EngineOptions): Promise<void> {
  const wanted = rowsOf(options);
  if (wanted.length === 0) throw new Error(`No case has "${options.only}" in its name`);
  if (!torchForms.some(({ name }) => name.includes(options.forms ?? ""))) {
    throw new Error(`PyTorch's forms are ${torchForms.map(({ name }) => `"${name}"`).join(", ")}`);
  }

  const load = Deno.loadavg()[0]!;
  const peaks = { float32: await matrixPeak("float32"), bfloat16: await matrixPeak("bfloat16") };
  const rows: EngineRow[] = [];
  for (const row of wanted) {
    const { engineCase: { name }, precision, views } = row;
    const measured = await measureRow(row, options);
    const operations = operationsOfView(row.engineCase);
    rows.push({ name, precision, views, operations, peak: peaks[precision], ...measured });
  }
  printEngineTable(rows, { peaks, load, ...options });
  if (options.json !== undefined) {
    const found = { cores, load, options, peaks, rows };
    await Deno.writeTextFile(options.json, JSON.stringify(found, null, 2) + "\n");
  }
}

function rowsOf({ pythonVision, only = "" }: EngineOptions): Wanted[] {
  const kinds = torchViews.filter((views) => views === "ready-made" || pythonVision !== undefined);
  return engineCases.flatMap((engineCase) =>
    precisions.flatMap((precision) => kinds.map((views) => ({ engineCase, precision, views })))
  ).filter((row) => nameOf(row).includes(only));
}

function nameOf({ engineCase, precision, views }: Wanted): string {
  return `${engineCase.name}, ${precision}, ${views}`;
}

/** Ours, and all forms of PyTorch's in the first round; in later ones those that came near the best. */
async function measureRow(
  row: Wanted,
  options: EngineOptions,
): Promise<Pick<EngineRow, "ours" | "torch" | "failed" | "best">> {
  const ours: Measured[] = [];
  const torch: Record<string, Measured[]> = {};
  const failed: Record<string, string> = {};
  let forms = torchForms.filter(({ name }) => name.includes(options.forms ?? ""));
  for (let round = 0; round < options.rounds; round++) {
    const done = (name: string) => progress(`${nameOf(row)}, round ${round + 1}: ${name}`);
    ours.push(await measure(ourContenders(row, options)));
    done("ours");
    for (const form of forms) {
      try {
        const measured = await measure(torchContenders(form, { row, options }));
        (torch[form.name] ??= []).push(measured);
        done(form.name);
      } catch (error) {
        // It needs a C++ compiler, which not every machine has; the other forms need nothing but torch.
        if (!form.compiled || !(error instanceof Error)) throw error;
        failed[form.name] = error.message;
        done(`${form.name} failed`);
      }
    }
    forms = nearBest(torch);
    if (forms.length === 0) throw new Error(Object.values(failed)[0]);
  }
  checkSame([ours, ...Object.values(torch)].flat());
  return { ours, torch, failed, best: bestForm(torch) };
}

async function measure(contenders: readonly Contender[]): Promise<Measured> {
  const { said, memory } = await race<Said>(contenders);
  return {
    rate: said.reduce((sum, one) => sum + one.views / one.seconds, 0),
    ...memory,
    said,
  };
}

function ourContenders(
  { engineCase, precision }: Wanted,
  { ours, seconds }: EngineOptions,
): Contender[] {
  const { processes, threads } = shareCores(ours);
  const args = [JSON.stringify(engineCase), precision, String(seconds), String(threads)];
  return Array.from({ length: processes }, () => deno("engine_ours.ts", args));
}

function torchContenders(
  form: TorchForm,
  { row, options }: { readonly row: Wanted; readonly options: EngineOptions },
): Contender[] {
  const { processes, threads } = shareCores(form.cores);
  const { engineCase, precision, views } = row;
  const { seconds } = options;
  const { layout, compiled } = form;
  const what = {
    ...engineCase,
    ...engineTraining,
    ...{ precision, views, seconds, threads, layout, compiled },
  };
  const [command, needs] = views === "ready-made"
    ? [options.python, "It needs a --python that has torch 2.13.0."]
    : [options.pythonVision!, "It needs a --python-vision that has torch and torchvision 0.29.1."];
  const args = [`${import.meta.dirname}/engine_torch.py`, JSON.stringify(what)];
  return Array.from({ length: processes }, () => ({ command, args, needs }));
}

function shareCores(how: "processes" | "threads"): { processes: number; threads: number } {
  return how === "processes" ? { processes: cores, threads: 1 } : { processes: 1, threads: cores };
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
