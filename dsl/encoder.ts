import { checked, refuseCall } from "@/dsl/checked.ts";
import { aCorruption, clean, type Corruption } from "@/dsl/corruption.ts";
import type { Source } from "@/dsl/domain.ts";
import type { Floor } from "@/dsl/floor.ts";
import { freeze } from "@/dsl/freeze.ts";
import type { MethodSpec, MethodTraining } from "@/dsl/methods/method.ts";
import { aNetwork, type Network } from "@/dsl/network.ts";
import { fields, made, number, optional, type Rule, word } from "@/dsl/rules.ts";
import { type Settings, type SettingsOf, someSettings } from "@/dsl/settings.ts";

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

/** A network and the way it is trained, by a method of this name; `none` leaves it as initialised, `checkpoint` is an encoder from outside, and a floor has none. */
export interface EncoderBy<M extends string> {
  readonly kind: "encoder";
  readonly method: M;
  /** The training images; `null` for what trains nothing. */
  readonly source: Source | null;
  readonly corruption: Corruption;
  readonly budget: Budget;
  /** 0, or the number of another training of the same, which differs by its luck alone: initial weights, order, views. */
  readonly replica: number;
  /** Settings in place of the recipe's; none for a training by its recipe. */
  readonly training: Settings;
  /** Or of a floor its settings; `null` for the scale's, the floor's own, or the checkpoint's. */
  readonly network: Network | Floor | null;
  /** The name of an encoder from outside; absent for any other. */
  readonly checkpoint?: string;
}

/** What may differ between two encoders of one method and source. */
export interface EncoderOptions<T extends MethodTraining> extends NetworkOptions {
  /** Default: {@linkcode clean}. */
  readonly corruption?: Corruption;
  /** Default: `"recipe"`. */
  readonly budget?: Budget;
  /** Default: 0. Fused with its replica, an encoder shows what twice the features give by themselves. */
  readonly replica?: number;
  /**
   * Any of the method's settings, in place of those of its recipe at the scale; one that has parts, such as its head or its
   * views, is given whole. Its least steps grow with its epochs, unless they are given too.
   */
  readonly training?: SettingsOf<T>;
}

/** What may differ between two untrained encoders. */
export interface NetworkOptions {
  /** Default: the scale's. */
  readonly network?: Network;
}

/** An encoder with its initial weights: the floor under every pretraining. */
export function untrained(options: NetworkOptions = {}): EncoderBy<"none"> {
  checked("untrained", arguments, {
    options: optional(fields({ network: optional(aNetwork) })),
  });
  return freeze({
    kind: "encoder",
    method: "none",
    source: null,
    corruption: clean(),
    budget: "recipe",
    replica: 0,
    training: {},
    network: options.network ?? null,
  });
}

/** An encoder trained by a method on a source; each method has a constructor of its own, which calls this. */
export function trainedBy<T extends MethodTraining>(
  { recipes }: Pick<MethodSpec<T>, "recipes">,
  source: Source,
  options: EncoderOptions<T>,
): EncoderBy<T["method"]> {
  const method: T["method"] = recipes.smoke.method;
  checked(method, [source, options], {
    source: made("a domain", "a pool"),
    options: fields({
      corruption: optional(aCorruption),
      budget: optional(aBudget),
      replica: optional(aReplica),
      training: optional(someSettings(Object.values(recipes))),
      network: optional(aNetwork),
    }),
  });
  const training: Settings = { ...options.training };
  if (options.budget === "epochs" && "minimumSteps" in training) {
    refuseCall(
      method,
      `the budget "epochs" has no minimum of steps, but training.minimumSteps is ${training.minimumSteps}`,
      "Leave one of the two out",
    );
  }
  return freeze({
    kind: "encoder",
    method,
    source,
    corruption: options.corruption ?? clean(),
    budget: options.budget ?? "recipe",
    replica: options.replica ?? 0,
    training,
    network: options.network ?? null,
  });
}
