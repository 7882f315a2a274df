import { freeze } from "@/dsl/freeze.ts";
import type { Precision, Scale, ScaleName } from "@/dsl/scale.ts";
import { mini } from "@/dsl/scales/mini.ts";
import { paper } from "@/dsl/scales/paper.ts";
import { small } from "@/dsl/scales/small.ts";
import { smoke } from "@/dsl/scales/smoke.ts";

const scales: { readonly [N in ScaleName]: Scale } = freeze({ smoke, mini, small, paper });

/**
 * The scale of a name: `smoke`, `mini`, `small` or `paper`.
 *
 * @param options.precision Of every training, instead of the scale's own.
 */
export function scaleOf(name: ScaleName, options: { readonly precision?: Precision } = {}): Scale {
  const scale = scales[name];
  const { precision } = options;
  if (precision === undefined) return scale;
  return freeze({
    ...scale,
    simclr: { ...scale.simclr, precision },
    moco: { ...scale.moco, precision },
    byol: { ...scale.byol, precision },
    supervised: { ...scale.supervised, precision },
    finetune: { ...scale.finetune, precision },
  });
}
