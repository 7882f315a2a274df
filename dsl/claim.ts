import type { Corruption } from "@/dsl/corruption.ts";
import type { Role, Size } from "@/dsl/domain.ts";
import type { Method } from "@/dsl/encoder.ts";
import { freeze } from "@/dsl/freeze.ts";
import type { ProbeKind } from "@/dsl/probe.ts";

/** Which conditions are meant: each given field must be equal, or be among those listed. */
export interface Selection {
  readonly method?: Method | readonly Method[];
  /** The role pretrained on; several roles joined by `+` for a pool or a fusion; `"none"` for an untrained encoder. */
  readonly pretrain?: Role | readonly Role[] | "none" | `${string}+${string}`;
  readonly size?: Size | readonly Size[];
  /** What was done to the images pretrained on; an untrained encoder's count as clean. */
  readonly corruption?: Corruption | readonly Corruption[];
  readonly probe?: ProbeKind;
  /** The role whose test images are classified. */
  readonly on?: Role;
  readonly labels?: Size;
  /** A level of the label tree; default the finest. */
  readonly level?: string;
}

/** One side of a contrast: the mean accuracy of the selected conditions, or that of the best or worst of them. */
export interface Term {
  readonly take: "mean" | "best" | "worst";
  readonly where: Selection;
}

/** A statement of the paper in a form that a number can answer. */
export interface Claim {
  /** Kebab-case, unique in the study. */
  readonly id: string;
  /** The claim's number in the project's list of the paper's claims, if it stands there. */
  readonly number?: number;
  readonly statement: string;
  /** The contrast is `left - right`, in accuracy from 0 to 1. */
  readonly left: Term;
  readonly right: Term;
  /** The claim holds when the contrast is above `threshold`, or below it. */
  readonly direction: "above" | "below";
  readonly threshold: number;
  /** The paper's value of the contrast, in accuracy from 0 to 1; `null` where no value is known. */
  readonly paper: number | null;
}

/** The mean over the selected conditions. */
export function mean(where: Selection): Term {
  return freeze({ take: "mean", where });
}

/** The selected condition with the highest accuracy (its mean over seeds). */
export function best(where: Selection): Term {
  return freeze({ take: "best", where });
}

/** The selected condition with the lowest accuracy (its mean over seeds). */
export function worst(where: Selection): Term {
  return freeze({ take: "worst", where });
}

/** What {@linkcode claim} needs; `direction` is `"above"` and `threshold` 0 unless given. */
export type ClaimOptions =
  & Omit<Claim, "direction" | "threshold" | "paper">
  & Partial<Pick<Claim, "direction" | "threshold" | "paper">>;

/**
 * Declares a claim as a contrast.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { best, claim, mean } from "@/dsl/mod.ts";
 *
 * const inDomain = claim({
 *   id: "in-domain-species",
 *   statement: "On species, pretraining on species beats every other domain",
 *   left: mean({ method: "simclr", pretrain: "species", on: "species" }),
 *   right: best({ method: "simclr", pretrain: ["objects", "scenes"], on: "species" }),
 *   paper: 0.12,
 * });
 * assert.equal(inDomain.direction, "above");
 * ```
 */
export function claim(options: ClaimOptions): Claim {
  return freeze({ direction: "above", threshold: 0, paper: null, ...options });
}
