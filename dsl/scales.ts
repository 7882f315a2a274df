import { checked } from "@/dsl/checked.ts";
import { freeze } from "@/dsl/freeze.ts";
import { fields, optional, word } from "@/dsl/rules.ts";
import { type Scale, type ScaleName, scaleNames } from "@/dsl/scale.ts";
import { mini } from "@/dsl/scales/mini.ts";
import { paper } from "@/dsl/scales/paper.ts";
import { small } from "@/dsl/scales/small.ts";
import { smoke } from "@/dsl/scales/smoke.ts";
import { type Precision, precisions } from "@/dsl/training.ts";

const scales: { readonly [N in ScaleName]: Scale } = freeze({ smoke, mini, small, paper });

/**
 * The scale of a name: `smoke`, `mini`, `small` or `paper`.
 *
 * @param options.precision Of every training, instead of the recipe's own.
 */
export function scaleOf(name: ScaleName, options: { readonly precision?: Precision } = {}): Scale {
  checked("scaleOf", arguments, {
    name: word(() => scaleNames),
    options: optional(fields({ precision: optional(word(() => precisions)) })),
  });
  const scale = scales[name];
  const { precision } = options;
  if (precision === undefined) return scale;
  return freeze({ ...scale, precision, finetune: { ...scale.finetune, precision } });
}
