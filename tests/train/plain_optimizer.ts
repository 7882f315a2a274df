/** The optimizers in plain arithmetic on one number at a time, written from their papers, to compare ours with. */

import type { Optimizer } from "@/dsl/training.ts";

/** A parameter's values after each step; `decays` says whether weight decay and LARS's rate apply to it. */
export function plainOptimizer(
  settings: Optimizer,
  at: {
    readonly start: readonly number[];
    readonly gradients: readonly (readonly number[])[];
    readonly rates: readonly number[];
    readonly decays: boolean;
  },
): number[] {
  const w = [...at.start];
  const decay = at.decays ? settings.weightDecay : 0;
  const v = w.map(() => 0), m = w.map(() => 0), s = w.map(() => 0);
  at.gradients.forEach((gradient, step) => {
    const rate = at.rates[step]!;
    if (settings.name === "adam") {
      const { beta1, beta2 } = settings;
      for (let i = 0; i < w.length; i++) {
        const g = gradient[i]!;
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        s[i] = beta2 * s[i]! + (1 - beta2) * g * g;
        const mean = m[i]! / (1 - beta1 ** (step + 1));
        const square = s[i]! / (1 - beta2 ** (step + 1));
        w[i] = w[i]! - rate * decay * w[i]! - rate * mean / (Math.sqrt(square) + 1e-8);
      }
      return;
    }
    const pulled = gradient.map((g, i) => g + decay * w[i]!);
    if (settings.name === "sgd") {
      for (let i = 0; i < w.length; i++) {
        v[i] = settings.momentum * v[i]! + pulled[i]!;
        w[i] = w[i]! - rate * v[i]!;
      }
      return;
    }
    const norms = [Math.hypot(...w), Math.hypot(...pulled)] as const;
    const trust = at.decays && norms[0] > 0 && norms[1] > 0 ? 0.001 * norms[0] / norms[1] : 1;
    for (let i = 0; i < w.length; i++) {
      v[i] = settings.momentum * v[i]! + rate * trust * pulled[i]!;
      w[i] = w[i]! - v[i]!;
    }
  });
  return w;
}
