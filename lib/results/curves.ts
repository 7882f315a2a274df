import { corruptionName, type EncoderSpec } from "@/dsl/mod.ts";
import type { Plan } from "@/lib/plan/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";

/** One epoch of a pretraining. */
export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  /** Top-1 of the training task itself: the other view, or the label. */
  readonly accuracy: number;
  readonly learningRate: number;
  /** Mean length of a feature vector, in the epoch's last batch. */
  readonly featureNorm: number;
  /** Directions that the features of that batch take up; 1 where they have collapsed into one. */
  readonly effectiveRank: number;
  /** Views seen a second. */
  readonly viewsPerSecond: number;
  /** The most bytes that the process had held. */
  readonly peakMemory: number;
}

/** The course of one pretraining. */
export interface Curve {
  /** Key of the `pretrain` step. */
  readonly key: string;
  readonly method: string;
  /** What it was trained on: "species (1M)", and what sets it apart from others on the same: its corruption, budget, replica. */
  readonly images: string;
  readonly seed: number;
  readonly epochs: readonly Epoch[];
}

/** The curves of the pretrainings that stand in the store, each once, in the plan's order. */
export function curvesOf(
  plan: Plan,
  origins: ReadonlyMap<string, Origin>,
): readonly Curve[] {
  const curves = new Map<string, Curve>();
  for (const { condition, encoders } of plan.conditions) {
    encoders.forEach((key, i) => {
      const epochs = origins.get(key)?.manifest.info.curve as readonly Epoch[] | undefined;
      if (epochs === undefined || epochs.length === 0) return;
      const spec = condition.encoders[i]!;
      const { method } = spec;
      curves.set(key, { key, method, images: imagesName(spec), seed: condition.seed, epochs });
    });
  }
  return [...curves.values()];
}

function imagesName({ sources, corruption, budget, replica }: EncoderSpec): string {
  return [
    sources.map(({ role, size }) => `${role} (${size})`).join(" + "),
    ...corruption.kind === "clean" ? [] : [corruptionName(corruption)],
    ...budget === "recipe" ? [] : [`equal ${budget}`],
    ...replica === 0 ? [] : [`replica ${replica}`],
  ].join(", ");
}
