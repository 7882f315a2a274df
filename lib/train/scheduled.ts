import * as tf from "@tensorflow/tfjs";
import type { Tensors } from "@/lib/model/layers.ts";
import type { Objective } from "@/lib/objective/objective.ts";

/** The scalars that an objective has scheduled for a step, by name; the caller disposes them. */
export function scheduledAt(
  { scheduled = {} }: Pick<Objective, "scheduled">,
  at: { readonly step: number; readonly totalSteps: number },
): Tensors {
  return Object.fromEntries(
    Object.entries(scheduled).map(([name, of]) => [name, tf.scalar(of(at.step, at.totalSteps))]),
  );
}
