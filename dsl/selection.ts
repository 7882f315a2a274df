import { aCheckpointName } from "@/dsl/checkpoint.ts";
import {
  aCorruption,
  aSeenCorruption,
  type Corruption,
  type SeenCorruption,
} from "@/dsl/corruption.ts";
import { aLabelSize, aRole, aSize, type LabelSize, type Role, type Size } from "@/dsl/domain.ts";
import { aBudget, aReplica, type Budget } from "@/dsl/encoder.ts";
import { aFloor, type Floor, floorNames, isFloor } from "@/dsl/floor.ts";
import {
  type Method,
  methodNames,
  methods,
  type TrainingMethod,
  type TrainingOf,
} from "@/dsl/methods/mod.ts";
import { aNetwork, type Network } from "@/dsl/network.ts";
import { type ProbeKind, probeKinds, someProbeSettings } from "@/dsl/probe.ts";
import { fields, oneOrMore, optional, type Rule, text, word } from "@/dsl/rules.ts";
import type {
  FinetuneSettings,
  KnnSettings,
  LinearSettings,
  Scale,
  ScaleName,
  SgdLinearSettings,
} from "@/dsl/scale.ts";
import { aScale } from "@/dsl/scales.ts";
import { type SettingsOf, someSettings } from "@/dsl/settings.ts";

/** Settings of a training, as one of the methods' constructors is told them. */
export type TrainingChanges = SettingsOf<TrainingOf<TrainingMethod>>;

/** Settings of a probe, as its constructor is told them. */
export type ProbeChanges = SettingsOf<
  LinearSettings | SgdLinearSettings | KnnSettings | FinetuneSettings
>;

/** In the place of a field's value: conditions of every value are meant, and told apart by nothing. */
export const each = "each";

/** {@linkcode each}. */
export type Each = typeof each;

/** One value, any of several, or {@linkcode each}. */
export type Some<T> = T | readonly T[] | Each;

/** Which encoders are meant: each given field must be equal, or be among those listed. */
export interface EncoderSelection {
  readonly method?: Some<Method>;
  /** The role pretrained on; several roles joined by `+` for a pool; `"none"` for what trains nothing. */
  readonly pretrain?: Some<Role | "none" | `${string}+${string}`>;
  /** The name of an encoder from outside, as {@linkcode checkpoint} is told it. */
  readonly checkpoint?: Some<string>;
  /** The size of each part pretrained on; an untrained encoder has none. */
  readonly size?: Some<Size>;
  /** What was done to the images pretrained on; an untrained encoder's count as clean. */
  readonly corruption?: Some<Corruption>;
  /** Default `"recipe"`. */
  readonly budget?: Some<Budget>;
  /** Default 0. */
  readonly replica?: Some<number>;
  /** The settings that were given in place of the recipe's, all of them; without it trainings by their recipe are meant. */
  readonly training?: Some<TrainingChanges>;
  /** The network that was given in place of the scale's, or a floor's settings; without it the scale's, or the floor's own. */
  readonly network?: Some<Network | Floor>;
}

/**
 * Which conditions are meant: each given field must be equal, or be among those listed. A field that is left out means the one
 * value that these conditions have: where they have several, a claim about them is refused, unless it says {@linkcode each}.
 */
export interface Selection extends EncoderSelection {
  /** The other encoder of a fusion of two; without it only conditions with one encoder are meant. */
  readonly with?: EncoderSelection;
  readonly probe?: Some<ProbeKind>;
  /** The role whose test images are classified. */
  readonly on?: Some<Role>;
  readonly labels?: Some<LabelSize>;
  /** The settings that the probe was given in place of the scale's, all of them; without it probes by the scale's are meant. */
  readonly settings?: Some<ProbeChanges>;
  /** The scale that trials name; without it those that name none are meant, which are worked at the command's. */
  readonly scale?: Some<ScaleName | Scale>;
  /** What was done to the images of the probe; without it only clean ones are meant. */
  readonly images?: Some<SeenCorruption>;
  /**
   * A level of the label tree by its name, `"finest"` (the default) or `"coarsest"`: the coarsest at which no class has more than
   * half of the finest classes, where that is not the finest.
   */
  readonly level?: string;
}

const some = (rule: Rule): Rule => {
  const several = oneOrMore(rule, "values, or say each");
  return (value, name) => value === undefined || value === each ? [] : several(value, name);
};

const aPretraining: Rule = (value, name) =>
  value === "none"
    ? []
    : typeof value === "string"
    ? value.split("+").flatMap((role) => aRole(role, name))
    : aRole(value, name);

const ofEncoder = {
  method: some(word(() => [...methodNames, ...floorNames, "checkpoint", "none"])),
  pretrain: some(aPretraining),
  checkpoint: some(aCheckpointName),
  size: some(aSize),
  corruption: some(aCorruption),
  budget: some(aBudget),
  replica: some(aReplica),
  training: some(someSettings(methodNames.flatMap((name) => Object.values(methods[name].recipes)))),
  network: some((value, name) => isFloor(value) ? aFloor(value, name) : aNetwork(value, name)),
};

/**
 * A selection.
 *
 * @internal
 */
export const aSelection: Rule = fields({
  ...ofEncoder,
  with: optional(fields(ofEncoder)),
  probe: some(word(() => probeKinds)),
  on: some(aRole),
  labels: some(aLabelSize),
  settings: some(someProbeSettings),
  scale: some(aScale),
  images: some(aSeenCorruption),
  level: optional(text),
}, "the selection");
