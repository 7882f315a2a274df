import { clean, type Corruption } from "@/dsl/corruption.ts";
import type { Source } from "@/dsl/domain.ts";
import { freeze } from "@/dsl/freeze.ts";

/** How an encoder comes about; `none` leaves it as initialised. */
export const methods = ["simclr", "moco", "byol", "supervised", "none"] as const;

/** The name of a method. */
export type Method = (typeof methods)[number];

/**
 * How long a training is. `"recipe"`: the scale's epochs, and no fewer steps than it says, so that small sets are learned as
 * well. `"epochs"`: its epochs alone, as very likely in the paper, so that half the images get half the steps. `"steps"`: as
 * many steps as `"1M"` gets, whatever the size.
 */
export type Budget = "recipe" | "epochs" | "steps";

/** A network and the way it is trained. */
export interface Encoder {
  readonly kind: "encoder";
  readonly method: Method;
  /** The training images; `null` for the method `none`. */
  readonly source: Source | null;
  readonly corruption: Corruption;
  readonly budget: Budget;
  /** 0, or the number of another training of the same, which differs by its luck alone: initial weights, order, views. */
  readonly replica: number;
}

/** Several encoders whose features are concatenated (Table 3). */
export interface Fusion {
  readonly kind: "fusion";
  readonly encoders: readonly [Encoder, Encoder, ...Encoder[]];
}

/** Anything that turns an image into a feature vector. */
export type Representation = Encoder | Fusion;

/** What may differ between two encoders of one method and source. */
export interface EncoderOptions {
  /** Default: {@linkcode clean}. */
  readonly corruption?: Corruption;
  /** Default: `"recipe"`. */
  readonly budget?: Budget;
  /** Default: 0. Fused with its replica, an encoder shows what twice the features give by themselves. */
  readonly replica?: number;
}

/**
 * An encoder pretrained with SimCLR (Chen et al. 2020), the paper's main method.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, jpeg, simclr } from "@/dsl/mod.ts";
 *
 * const encoder = simclr(domain("objects", "1M"), { corruption: jpeg(30) });
 * assert.equal(encoder.method, "simclr");
 * assert.deepEqual(encoder.corruption, { kind: "jpeg", quality: 30 });
 * ```
 */
export function simclr(source: Source, options: EncoderOptions = {}): Encoder {
  return encoder("simclr", source, options);
}

/** An encoder pretrained with MoCo v2 (Chen et al. 2020). */
export function moco(source: Source, options: EncoderOptions = {}): Encoder {
  return encoder("moco", source, options);
}

/** An encoder pretrained with BYOL (Grill et al. 2020). */
export function byol(source: Source, options: EncoderOptions = {}): Encoder {
  return encoder("byol", source, options);
}

/** An encoder trained from scratch on the source's labels at the finest level. */
export function supervised(source: Source, options: EncoderOptions = {}): Encoder {
  return encoder("supervised", source, options);
}

/** An encoder with its initial weights: the floor under every pretraining. */
export function untrained(): Encoder {
  return freeze({
    kind: "encoder",
    method: "none",
    source: null,
    corruption: clean(),
    budget: "recipe",
    replica: 0,
  });
}

/** The concatenated features of two encoders or more (Table 3). */
export function fuse(first: Encoder, second: Encoder, ...more: readonly Encoder[]): Fusion {
  return freeze({ kind: "fusion", encoders: [first, second, ...more] });
}

function encoder(method: Method, source: Source, options: EncoderOptions): Encoder {
  return freeze({
    kind: "encoder",
    method,
    source,
    corruption: options.corruption ?? clean(),
    budget: options.budget ?? "recipe",
    replica: options.replica ?? 0,
  });
}
