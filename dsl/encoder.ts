import { checked } from "@/dsl/checked.ts";
import { aCorruption, clean, type Corruption } from "@/dsl/corruption.ts";
import type { Source } from "@/dsl/domain.ts";
import { freeze } from "@/dsl/freeze.ts";
import { fields, made, number, optional, type Rule, word } from "@/dsl/rules.ts";

/**
 * How long a training is. `"recipe"`: its recipe's epochs, and no fewer steps than it says, so that small sets are learned as
 * well. `"epochs"`: its epochs alone, as very likely in the paper, so that half the images get half the steps. `"steps"`: as
 * many steps as `"1M"` gets, whatever the size.
 */
export type Budget = (typeof budgets)[number];

const budgets = ["recipe", "epochs", "steps"] as const;

/**
 * A budget.
 *
 * @internal
 */
export const aBudget: Rule = word(() => budgets);

/**
 * The number of a replica.
 *
 * @internal
 */
export const aReplica: Rule = number("0, 1, 2, …", (one) => Number.isSafeInteger(one) && one >= 0);

/** A network and the way it is trained, by a method of this name; `none` leaves it as initialised. */
export interface EncoderBy<M extends string> {
  readonly kind: "encoder";
  readonly method: M;
  /** The training images; `null` for the method `none`. */
  readonly source: Source | null;
  readonly corruption: Corruption;
  readonly budget: Budget;
  /** 0, or the number of another training of the same, which differs by its luck alone: initial weights, order, views. */
  readonly replica: number;
}

/** What may differ between two encoders of one method and source. */
export interface EncoderOptions {
  /** Default: {@linkcode clean}. */
  readonly corruption?: Corruption;
  /** Default: `"recipe"`. */
  readonly budget?: Budget;
  /** Default: 0. Fused with its replica, an encoder shows what twice the features give by themselves. */
  readonly replica?: number;
}

/** An encoder with its initial weights: the floor under every pretraining. */
export function untrained(): EncoderBy<"none"> {
  checked("untrained", arguments, {});
  return freeze({
    kind: "encoder",
    method: "none",
    source: null,
    corruption: clean(),
    budget: "recipe",
    replica: 0,
  });
}

/** An encoder trained by a method on a source; each method has a constructor of its own, which calls this. */
export function trainedBy<M extends string>(
  method: M,
  source: Source,
  options: EncoderOptions,
): EncoderBy<M> {
  checked(method, [source, options], {
    source: made("a domain", "a pool"),
    options: fields({
      corruption: optional(aCorruption),
      budget: optional(aBudget),
      replica: optional(aReplica),
    }),
  });
  return freeze({
    kind: "encoder",
    method,
    source,
    corruption: options.corruption ?? clean(),
    budget: options.budget ?? "recipe",
    replica: options.replica ?? 0,
  });
}
