import { checked } from "@/dsl/checked.ts";
import { aSeenCorruption, clean, type SeenCorruption } from "@/dsl/corruption.ts";
import { aLabelSize, aRole, type LabelSize, type Role } from "@/dsl/domain.ts";
import { freeze } from "@/dsl/freeze.ts";
import { fields, like, optional, type Rule } from "@/dsl/rules.ts";
import type {
  FinetuneSettings,
  KnnSettings,
  LinearSettings,
  SgdLinearSettings,
} from "@/dsl/scale.ts";
import { paper, smoke } from "@/dsl/scales.ts";
import { type Settings, type SettingsOf, someSettings } from "@/dsl/settings.ts";

/** How a representation is judged. */
export const probeKinds = ["linear", "knn", "finetune", "scratch"] as const;

/** How a representation is judged: the name of a probe. */
export type ProbeKind = (typeof probeKinds)[number];

/** A classifier on a domain's labels; its test images are the domain's own. */
export interface Probe {
  readonly kind: ProbeKind;
  readonly on: Role;
  readonly labels: LabelSize;
  /** What is done to its images, those to train on and those to test on, or those to test on alone. */
  readonly images: SeenCorruption;
  /** Settings in place of the scale's; none for a probe by its recipe. */
  readonly settings: Settings;
}

/** What a probe is trained on, and how. */
export interface ProbeOptions<T> {
  /** How many labelled images; default `"all"`. */
  readonly labels?: LabelSize;
  /**
   * What is done to the labelled images and to the test images alike, or by {@linkcode testOnly} to the test images of a probe on
   * frozen features; default {@linkcode clean}.
   */
  readonly images?: SeenCorruption;
  /** Any of the probe's settings, in place of those that it has at the scale. */
  readonly settings?: SettingsOf<T>;
}

/**
 * Multinomial logistic regression on frozen features (paper, section 3.2).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { downsample, linear } from "@/dsl/mod.ts";
 *
 * assert.equal(linear("species").labels, "all");
 * // Trained and tested on images that are as blurred as those pretrained on.
 * assert.equal(linear("objects", { images: downsample(4) }).images.kind, "downsample");
 * ```
 */
export function linear(
  on: Role,
  options: ProbeOptions<LinearSettings | SgdLinearSettings> = {},
): Probe {
  return probe("linear", on, options);
}

/** The weighted votes of the nearest labelled images by cosine similarity of frozen features. */
export function knn(on: Role, options: ProbeOptions<KnnSettings> = {}): Probe {
  return probe("knn", on, options);
}

/** All layers trained further on the labels, from the encoder's weights (Fig 2, bottom row). */
export function finetune(on: Role, options: ProbeOptions<FinetuneSettings> = {}): Probe {
  return probe("finetune", on, options);
}

/** The same network trained on the labels from its initial weights (Fig 2, black lines). */
export function scratch(on: Role, options: ProbeOptions<FinetuneSettings> = {}): Probe {
  return probe("scratch", on, options);
}

// What can be set of each, whatever the scale.
const recipes: { readonly [K in ProbeKind]: readonly object[] } = {
  linear: [smoke.linear, paper.linear],
  knn: [smoke.knn],
  finetune: [smoke.finetune],
  scratch: [smoke.finetune],
};

/**
 * Settings of any probe.
 *
 * @internal
 */
export const someProbeSettings = someSettings(Object.values(recipes).flat());

/** A training of all layers would be done again for each corruption of its test images: only what is frozen is so judged. */
const seenBy = (kind: ProbeKind): Rule => (value, name) => {
  const wrong = aSeenCorruption(value, name);
  const isOnly = wrong.length === 0 && (value as SeenCorruption).only !== undefined;
  return isOnly && kind !== "linear" && kind !== "knn"
    ? like("a corruption of all its images", () => false)(value, name)
    : wrong;
};

function probe(kind: ProbeKind, on: Role, options: ProbeOptions<object>): Probe {
  checked(kind, [on, options], {
    on: aRole,
    options: fields({
      labels: optional(aLabelSize),
      images: optional(seenBy(kind)),
      settings: optional(someSettings(recipes[kind])),
    }),
  });
  return freeze({
    kind,
    on,
    labels: options.labels ?? "all",
    images: options.images ?? clean(),
    settings: { ...options.settings },
  });
}
