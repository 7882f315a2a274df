import type { LinearSettings } from "@/dsl/scale.ts";
import { InputError } from "@/lib/base/errors.ts";
import { permutation, randomAt } from "@/lib/base/random.ts";
import {
  classify,
  type LabelledFeatures,
  logisticRegression,
  logisticSize,
} from "@/lib/probe/logistic.ts";
import { applyScale, fitScale } from "@/lib/probe/standardise_features.ts";

/** A probe's data and settings. */
export interface LinearProbe {
  readonly train: LabelledFeatures;
  /** `features` `[count, dim]`, flat; no test label comes near the probe. */
  readonly test: { readonly features: Float32Array };
  readonly dim: number;
  readonly classes: number;
  readonly settings: LinearSettings;
  readonly seed: number;
}

/** What a linear probe found. */
export interface LinearResult {
  /** The predicted class of each test image. */
  readonly predictions: Uint16Array;
  /** The penalty chosen. */
  readonly penalty: number;
  /** Accuracy on the held-out labels for each penalty, strongest first. */
  readonly heldOutAccuracy: readonly { readonly penalty: number; readonly accuracy: number }[];
  /** Iterations of the last fit, on all labels. */
  readonly iterations: number;
  /** Whether every fit met the criterion of convergence (`LbfgsOptions`). */
  readonly converged: boolean;
}

/**
 * Linear evaluation: multinomial logistic regression on frozen features.
 *
 * Features are standardised by the training features' mean and deviation. The penalty with the best accuracy on a
 * held-out share of the training labels wins, the stronger of two equals; then all labels are fitted with it. The test
 * features are used once, after the choice.
 *
 * @throws {InputError} If there are fewer than two labelled images, so that none can be held out.
 */
export async function linearProbe(probe: LinearProbe): Promise<LinearResult> {
  const { train, settings, dim, classes } = probe;
  const size = { dim, classes };
  const count = train.labels.length;
  if (count < 2) {
    throw new InputError(
      "probe.labels",
      `${count} labelled image(s), of which none can be held out`,
      "Give at least 2",
    );
  }
  const scale = fitScale(train.features, dim);
  const all = { features: applyScale(train.features, scale), labels: train.labels };
  const order = permutation(count, randomAt(probe.seed, "held-out"));
  const heldOutCount = Math.min(count - 1, Math.max(1, Math.round(count * settings.heldOut)));
  const heldOut = take(all, { rows: order.subarray(0, heldOutCount), dim });
  const kept = take(all, { rows: order.subarray(heldOutCount), dim });

  const tried = await tryPenalties({ kept, heldOut, penalties: settings.penalties, size });
  // The first of equals is the stronger, because the strongest comes first.
  const best = tried.reduce((a, b) => b.accuracy > a.accuracy ? b : a);
  const final = await fitOnce(all, { size, penalty: best.penalty, start: best.point });
  return {
    predictions: classify(applyScale(probe.test.features, scale), final.point, size),
    penalty: best.penalty,
    heldOutAccuracy: tried.map(({ penalty, accuracy }) => ({ penalty, accuracy })),
    iterations: final.iterations,
    converged: final.converged && tried.every(({ converged }) => converged),
  };
}

interface Tried {
  readonly penalty: number;
  readonly accuracy: number;
  readonly point: Float64Array;
  readonly converged: boolean;
}

/** Fits each penalty from strong to weak, each from where the one before ended. */
async function tryPenalties(
  on: {
    readonly kept: LabelledFeatures;
    readonly heldOut: LabelledFeatures;
    readonly penalties: readonly number[];
    readonly size: { readonly dim: number; readonly classes: number };
  },
): Promise<readonly Tried[]> {
  const regression = logisticRegression(on.kept, on.size);
  const tried: Tried[] = [];
  try {
    let point = new Float64Array(logisticSize(on.size));
    for (const penalty of on.penalties.toSorted((a, b) => b - a)) {
      const fitted = await regression.fit(penalty, point);
      point = fitted.point as typeof point;
      const predictions = classify(on.heldOut.features, point, on.size);
      const right = predictions.filter((predicted, i) => predicted === on.heldOut.labels[i]).length;
      const accuracy = right / on.heldOut.labels.length;
      tried.push({ penalty, accuracy, point, converged: fitted.converged });
    }
    return tried;
  } finally {
    regression.dispose();
  }
}

async function fitOnce(
  data: LabelledFeatures,
  at: {
    readonly size: { readonly dim: number; readonly classes: number };
    readonly penalty: number;
    readonly start: Float64Array;
  },
) {
  const regression = logisticRegression(data, at.size);
  try {
    return await regression.fit(at.penalty, at.start);
  } finally {
    regression.dispose();
  }
}

function take(
  data: LabelledFeatures,
  at: { readonly rows: Uint32Array; readonly dim: number },
): LabelledFeatures {
  const features = new Float32Array(at.rows.length * at.dim);
  at.rows.forEach((row, i) => {
    features.set(data.features.subarray(row * at.dim, (row + 1) * at.dim), i * at.dim);
  });
  return { features, labels: Uint16Array.from(at.rows, (row) => data.labels[row]!) };
}
