/** What to measure and how often. */
export interface StepOptions {
  /** A Python that has torch. */
  readonly python: string;
  /** Measurements of each contender; they take turns, so that a machine that slows down slows all. */
  readonly rounds: number;
  /** Channels of the network's first stage. */
  readonly widths: readonly number[];
  /** Seconds of one measurement. */
  readonly seconds: number;
}

/** What one process says of its measurement. */
interface Measured {
  readonly views: number;
  readonly seconds: number;
  readonly parameters: number;
}

const here = new URL(".", import.meta.url).pathname;

/**
 * Times one SimCLR training step (batch 128, so 256 views of 32 x 32 pixels; ResNet 2-2-2; NT-Xent; SGD with momentum)
 * in float32: ours in as many single-threaded processes as there are cores, against PyTorch with all cores in its best
 * memory layout. Ours gathers and augments its images in the step; PyTorch is given ready views.
 */
export async function benchStep(options: StepOptions): Promise<void> {
  const cores = navigator.hardwareConcurrency;
  const table: Record<string, string>[] = [];
  for (const width of options.widths) {
    const rates = {
      ours: [] as number[],
      contiguous: [] as number[],
      "channels-last": [] as number[],
    };
    const parameters = new Set<number>();
    for (let round = 0; round < options.rounds; round++) {
      for (const name of Object.keys(rates) as (keyof typeof rates)[]) {
        const measured = name === "ours"
          ? await Promise.all(Array.from({ length: cores }, () => ours(width, options.seconds)))
          : [await torch(name, { ...options, width, cores })];
        rates[name].push(measured.reduce((sum, one) => sum + one.views / one.seconds, 0));
        for (const one of measured) parameters.add(one.parameters);
      }
    }
    if (parameters.size !== 1) {
      throw new Error(`The networks differ: they have ${[...parameters].join(" and ")} parameters`);
    }
    const best = median(rates.contiguous) > median(rates["channels-last"])
      ? "contiguous"
      : "channels-last";
    table.push({
      width: String(width),
      parameters: String([...parameters][0]),
      "ours, views/s": spread(rates.ours),
      "PyTorch contiguous": spread(rates.contiguous),
      "PyTorch channels-last": spread(rates["channels-last"]),
      "ours / best": spread(rates.ours.map((rate, i) => rate / rates[best][i]!), 2),
    });
  }
  // deno-lint-ignore no-console -- the result of a benchmark
  console.table(table);
}

function ours(width: number, seconds: number): Promise<Measured> {
  return measure(Deno.execPath(), [
    "run",
    "--quiet",
    "-A",
    `${here}step_ours.ts`,
    String(width),
    String(seconds),
  ]);
}

function torch(
  layout: string,
  options: StepOptions & { readonly width: number; readonly cores: number },
): Promise<Measured> {
  const { python, width, seconds, cores } = options;
  return measure(python, [`${here}step_torch.py`, layout, ...[width, seconds, cores].map(String)]);
}

async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args: [...args] }).output();
  if (code !== 0) {
    throw new Error(
      `${command} ${args[0]} failed (is torch 2.13.0 installed for --python?): ${
        new TextDecoder().decode(stderr)
      }`,
    );
  }
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median, smallest and largest. */
function spread(values: readonly number[], digits = 0): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
