/**
 * The grammar of the study: small constructors of frozen plain data. It says what is to be known, never how it is computed.
 *
 * @module
 */

export * from "@/dsl/check.ts";
export * from "@/dsl/claim.ts";
export * from "@/dsl/condition.ts";
export * from "@/dsl/corruption.ts";
export * from "@/dsl/domain.ts";
export * from "@/dsl/encoder.ts";
export * from "@/dsl/expand.ts";
export * from "@/dsl/experiment.ts";
export * from "@/dsl/learning_rate.ts";
export * from "@/dsl/methods/mod.ts";
export * from "@/dsl/network.ts";
export * from "@/dsl/probe.ts";
export * from "@/dsl/representation.ts";
export * from "@/dsl/scale.ts";
export * from "@/dsl/scales.ts";
export * from "@/dsl/selection.ts";
export { type Changes, changesOf, type Settings, type SettingsOf } from "@/dsl/settings.ts";
export * from "@/dsl/term.ts";
export * from "@/dsl/training.ts";
export * from "@/dsl/trial.ts";
