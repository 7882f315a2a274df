import { randomAt } from "@/lib/base/random.ts";
import { accuracyOf } from "@/lib/probe/choose_best.ts";
import { type LabelledFeatures, takeRows } from "@/lib/probe/labelled_features.ts";
import { linearProbe, type LinearResult } from "@/lib/probe/linear.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { textTable } from "@/tests/bench/text_table.ts";

const DIM = 64, CLASSES = 60;
const counts = [250, 500, 1000, 2000, 4000, 8000];
const penalties = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];

/** What all are to take at most, in seconds, on two cores. */
const TARGET = 10;

/**
 * Times the linear probes of 6 label counts up to 8,000, each with 7 penalties, on 64 features of 60 classes: compilation,
 * choice on held-out labels, last fit and predictions included.
 */
export async function benchLinear(): Promise<void> {
  await loadBackend();
  const train = madeFeatures(8000, 1), test = madeFeatures(2000, 2);
  const subsets = counts.map((count) => Uint32Array.from({ length: count }, (_, i) => i));
  const settings = { penalties, penaltyLimits: [1e-6, 1] as const, heldOut: 0.2 };
  const started = performance.now();
  const shape = { dim: DIM, classes: CLASSES };
  const results: LinearResult[] = [];
  for (const rows of subsets) {
    const some = takeRows(train, { rows, dim: DIM });
    results.push(await linearProbe({ ...shape, train: some, test, settings, seed: 1 }));
  }
  const seconds = (performance.now() - started) / 1000;
  const lines = textTable(results.map((result, i) => ({
    labels: String(counts[i]),
    penalty: String(result.penalty),
    accuracy: accuracyOf(result.predictions, test.labels).toFixed(3),
    converged: result.converged ? "yes" : "no",
  })));
  const load = Deno.loadavg()[0]!.toFixed(1);
  print([...lines, `${seconds.toFixed(1)} s; target: ${TARGET} s; load of the machine: ${load}`]);
}

/** Features as a network's last layer has them: correlated, none below 0, classes that overlap. */
function madeFeatures(count: number, seed: number): LabelledFeatures {
  const world = randomAt(7, "bench classes"), random = randomAt(seed, "bench features");
  const centres = Float64Array.from({ length: CLASSES * DIM }, () => world.normal());
  const mix = Float64Array.from(
    { length: DIM * DIM },
    (_, i) => world.normal() / (1 + Math.floor(i / DIM)) ** 0.7,
  );
  const features = new Float32Array(count * DIM);
  const labels = Uint16Array.from({ length: count }, () => random.integer(CLASSES));
  labels.forEach((label, row) => {
    const hidden = Array.from(
      { length: DIM },
      (_, k) => centres[label * DIM + k]! + 2.5 * random.normal(),
    );
    for (let j = 0; j < DIM; j++) {
      const sum = hidden.reduce((total, value, k) => total + value * mix[k * DIM + j]!, 0.5);
      features[row * DIM + j] = Math.max(0, sum);
    }
  });
  return { features, labels };
}

function print(lines: readonly string[]): void {
  Deno.stdout.writeSync(new TextEncoder().encode(lines.join("\n") + "\n"));
}
