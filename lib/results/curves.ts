import { type Condition, distinctions, type EncoderSpec } from "@/dsl/mod.ts";
import type { InfoOf, Plan } from "@/lib/plan/mod.ts";
import type { Origin } from "@/lib/results/origins.ts";

/** One epoch of a pretraining, but for when it ended. */
export type Epoch = Omit<InfoOf<"pretrain">["curve"][number], "seconds">;

/** The course of one pretraining. */
export interface Curve {
  /** Key of the `pretrain` step. */
  readonly key: string;
  readonly method: string;
  /** What it was trained on: "species (1M)", and what sets it apart from others on the same: its corruption, settings, scale. */
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
      const epochs = epochsOf(origins.get(key));
      if (epochs.length === 0) return;
      const spec = condition.encoders[i]!;
      const { method } = spec;
      curves.set(key, {
        key,
        method,
        images: imagesName(spec, condition),
        seed: condition.seed,
        epochs,
      });
    });
  }
  return [...curves.values()];
}

/** The epochs of what may be a pretraining; none of anything else. */
export function epochsOf(origin: Origin | undefined): readonly Epoch[] {
  return origin?.manifest.kind === "pretrain" ? origin.manifest.info.curve : [];
}

function imagesName(encoder: EncoderSpec, { scale, ownScale }: Condition): string {
  return [
    encoder.sources.map(({ role, size }) => `${role} (${size})`).join(" + "),
    ...distinctions(encoder),
    ...ownScale ? [`scale ${scale}`] : [],
  ].join(", ");
}
