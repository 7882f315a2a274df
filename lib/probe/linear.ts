import type { LinearSettings } from "@/dsl/scale.ts";
import { accuracyOf, chooseBest, type Tried } from "@/lib/probe/choose_best.ts";
import { classifiable, classifierSize, classify, type LinearShape } from "@/lib/probe/classify.ts";
import { balanceBlocks } from "@/lib/probe/fuse.ts";
import { holdOut } from "@/lib/probe/hold_out.ts";
import { type LabelledFeatures, takeRows } from "@/lib/probe/labelled_features.ts";
import { type LogisticRegression, logisticRegression } from "@/lib/probe/logistic.ts";
import { applyScale, fitScale } from "@/lib/probe/standardise_features.ts";

// The penalties are compared by how many held-out images they get right, which a loss nearer to its least does not change.
const TRIAL_GAP = 1e-3;

/** A probe's data and settings. */
export interface LinearProbe extends LinearShape {
  readonly train: LabelledFeatures;
  /** `features` `[count, dim]`, flat; no test label comes near the probe. */
  readonly test: { readonly features: Float32Array };
  /** Dimensions of each encoder's features, where they are fused; one block by default. */
  readonly blocks?: readonly number[];
  readonly settings: LinearSettings;
  readonly seed: number;
}

/** What a linear probe found. */
export interface LinearResult {
  /** The predicted class of each test image. */
  readonly predictions: Uint16Array;
  /** The penalty chosen. */
  readonly penalty: number;
  /** The end of the penalties tried at which it lies, so that one beyond might be better; null where it lies between. */
  readonly limit: "weakest" | "strongest" | null;
  /** Accuracy on the held-out labels for each penalty, strongest first. */
  readonly heldOutAccuracy: readonly { readonly penalty: number; readonly accuracy: number }[];
  /** Iterations of the last fit, on all labels. */
  readonly iterations: number;
  /** Whether every fit met the criterion of convergence (`isConverged()`). */
  readonly converged: boolean;
}

/**
 * Linear evaluation: multinomial logistic regression on frozen features.
 *
 * Features are standardised by the training features' mean and deviation, and blocks of fused ones balanced. The penalty
 * with the best accuracy on a held-out share of the training labels wins, the stronger of two equals; while it is the
 * weakest or the strongest of those tried, the next is tried as well, as far as the limits go. Then all labels are fitted
 * with it. The test features are used once, after the choice.
 *
 * @throws {InputError} If there are fewer than two labelled images, so that none can be held out.
 */
export async function linearProbe(probe: LinearProbe): Promise<LinearResult> {
  const regression = logisticRegression(probe);
  try {
    return await chooseAndFit(regression, probe);
  } finally {
    regression.dispose();
  }
}

async function chooseAndFit(
  regression: LogisticRegression,
  probe: LinearProbe,
): Promise<LinearResult> {
  const { train, settings, dim } = probe;
  const { kept, heldOut } = holdOut(train.labels.length, {
    part: settings.heldOut,
    seed: probe.seed,
  });
  const scale = balanceBlocks(fitScale(train.features, dim), {
    features: train.features,
    blocks: probe.blocks ?? [dim],
  });
  const all = { features: applyScale(train.features, scale), labels: train.labels };
  const tried = await tryPenalties(regression, {
    kept: takeRows(all, { rows: kept, dim }),
    heldOut: takeRows(all, { rows: heldOut, dim }),
    probe,
  });
  // The first of equals is the stronger, because the strongest comes first.
  const best = chooseBest(tried);
  const fits = await regression.on(all);
  const final = await fits.fit(best.choice, best.point).finally(() => fits.dispose());
  return {
    predictions: await classify(applyScale(probe.test.features, scale), final.point, probe),
    penalty: best.choice,
    limit: best === tried.at(-1) ? "weakest" : best === tried[0] ? "strongest" : null,
    heldOutAccuracy: tried.map(({ choice, accuracy }) => ({ penalty: choice, accuracy })),
    iterations: final.iterations,
    converged: final.converged && tried.every(({ converged }) => converged),
  };
}

interface TriedPenalty extends Tried<number> {
  readonly point: Float64Array;
  readonly converged: boolean;
}

/**
 * Fits each penalty from strong to weak, each from where the one before ended, and then further ones beyond the end where the
 * best lies.
 *
 * @returns Strongest first.
 */
async function tryPenalties(
  regression: LogisticRegression,
  on: {
    readonly kept: LabelledFeatures;
    readonly heldOut: LabelledFeatures;
    readonly probe: LinearProbe;
  },
): Promise<readonly TriedPenalty[]> {
  const { kept, heldOut, probe } = on;
  const { penalties, penaltyLimits: [weakest, strongest] } = probe.settings;
  using judges = classifiable(heldOut.features, probe);
  const fits = await regression.on(kept);
  const attempt = async (choice: number, start: Float64Array): Promise<TriedPenalty> => {
    const { point, converged } = await fits.fit(choice, start, TRIAL_GAP);
    const accuracy = accuracyOf(await judges.classify(point), heldOut.labels);
    return { choice, accuracy, point, converged };
  };
  const tried: TriedPenalty[] = [];
  try {
    for (const choice of penalties.toSorted((a, b) => b - a)) {
      const start = tried.at(-1)?.point ?? new Float64Array(classifierSize(probe));
      tried.push(await attempt(choice, start));
    }
    for (;;) {
      const best = chooseBest(tried), first = tried[0]!, last = tried.at(-1)!;
      const weaker = decimal(last.choice / 10), stronger = decimal(first.choice * 10);
      if (best === last && weaker >= weakest) tried.push(await attempt(weaker, last.point));
      else if (best === first && stronger <= strongest) {
        tried.unshift(await attempt(stronger, first.point));
      } else return tried;
    }
  } finally {
    fits.dispose();
  }
}

/** A number without the last digits, in which a division by 10 may be off. */
function decimal(value: number): number {
  return Number(value.toPrecision(12));
}
