/**
 * The language of experiments: small constructors of frozen plain data. It says what is to be known, never how it is computed.
 * `dsl/README.md` has its grammar on one screen. An experiment is made by {@linkcode experiment}, of trials
 * ({@linkcode grid}, {@linkcode trial}) and claims ({@linkcode claim}).
 *
 * @module
 */

// Where names are listed, a file has rules beside them that only the language needs.
export * from "@/dsl/architectures.ts";
export * from "@/dsl/check.ts";
export { checkpoint } from "@/dsl/checkpoint.ts";
export * from "@/dsl/claim.ts";
export * from "@/dsl/condition.ts";
export {
  clean,
  type Corruption,
  corruptionName,
  downsample,
  jpeg,
  resize,
  saltAndPepper,
  type SeenCorruption,
  testOnly,
} from "@/dsl/corruption.ts";
export {
  type ClassSize,
  countIn,
  type Domain,
  domain,
  images,
  isClassSize,
  isOwnSize,
  type LabelSize,
  type NamedSize,
  type OwnRole,
  type OwnSize,
  type PaperRole,
  paperRoles,
  perClass,
  type Pool,
  pool,
  type Role,
  role,
  type Size,
  sizes,
  type Source,
} from "@/dsl/domain.ts";
export {
  type Budget,
  type EncoderBy,
  type EncoderOptions,
  type NetworkOptions,
  untrained,
} from "@/dsl/encoder.ts";
export * from "@/dsl/expand.ts";
export * from "@/dsl/experiment.ts";
export { type FactorName, factorNames, type Factors } from "@/dsl/factor.ts";
export * from "@/dsl/figure.ts";
export {
  type Colours,
  type Floor,
  type FloorName,
  floorNames,
  type FloorOf,
  floors,
  type Gradients,
  isFloor,
  isFloorName,
  type Pixels,
} from "@/dsl/floor.ts";
export * from "@/dsl/floors.ts";
export * from "@/dsl/learning_rate.ts";
export * from "@/dsl/methods/mod.ts";
export {
  type Network,
  networkName,
  type Resnet,
  resnet,
  type ResnetOptions,
  type Vit,
  vit,
  type VitOptions,
} from "@/dsl/network.ts";
export * from "@/dsl/outside.ts";
export {
  finetune,
  knn,
  linear,
  type Probe,
  type ProbeKind,
  probeKinds,
  type ProbeOptions,
  scratch,
} from "@/dsl/probe.ts";
export * from "@/dsl/representation.ts";
export * from "@/dsl/scale.ts";
export { inPrecision, mini, paper, scale, scaleOf, small, smoke } from "@/dsl/scales.ts";
export {
  type Each,
  each,
  type EncoderSelection,
  type ProbeChanges,
  type Selection,
  type Some,
  type TrainingChanges,
} from "@/dsl/selection.ts";
export { type Changes, changesOf, type Settings, type SettingsOf } from "@/dsl/settings.ts";
export * from "@/dsl/term.ts";
export * from "@/dsl/training.ts";
export * from "@/dsl/trial.ts";
