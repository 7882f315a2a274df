import type { Amount, ChosenProbe, Condition, EncoderSpec, ProbeSpec } from "@/dsl/condition.ts";
import { corruptionName } from "@/dsl/corruption.ts";
import type { Domain, Role, Size } from "@/dsl/domain.ts";
import type { Experiment } from "@/dsl/experiment.ts";
import { freeze } from "@/dsl/freeze.ts";
import { trainingAt } from "@/dsl/methods/mod.ts";
import type { ProbeKind } from "@/dsl/probe.ts";
import type { Encoder } from "@/dsl/representation.ts";
import type { Scale } from "@/dsl/scale.ts";
import type { Trial } from "@/dsl/trial.ts";

/** What a command may say over the declaration. */
export interface ExpandOptions {
  /** How many seeds; default: the experiment's, or else the scale's. */
  readonly seeds?: number;
  /** The first of them; default: 1. */
  readonly firstSeed?: number;
  /** Whether what goes beyond the paper is asked too; default: no. */
  readonly beyond?: boolean;
}

/**
 * The conditions of an experiment at a scale: every trial at every seed, each as plain frozen JSON with every
 * default written out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { domain, expand, experiment, grid, linear, scaleOf, simclr } from "@/dsl/mod.ts";
 *
 * const mine = experiment({
 *   id: "mine",
 *   title: "One encoder, one probe",
 *   question: "Does it learn anything?",
 *   reference: "none",
 *   trials: grid([simclr(domain("species", "50k"))], [linear("species")]),
 * });
 * const conditions = expand(mine, scaleOf("mini"), { seeds: 3 });
 * assert.equal(conditions.length, 3);
 * assert.equal(conditions[0]?.encoders[0]?.sources[0]?.images, 220);
 * ```
 */
export function expand(
  experiment: Experiment,
  scale: Scale,
  options: ExpandOptions = {},
): readonly Condition[] {
  const { seeds = experiment.seeds ?? scale.seeds, firstSeed = 1, beyond = false } = options;
  const trials = beyond ? [...experiment.trials, ...experiment.beyond] : experiment.trials;
  const specs = new Map<Encoder, EncoderSpec>();
  const conditions = trials.flatMap((trial) => {
    const of = conditionOf(trial, { experiment, scale, specs });
    return Array.from({ length: seeds }, (_, i) => of(firstSeed + i));
  });
  return freeze(conditions);
}

/** Gives the condition of a trial at each seed; they share all else, and with other trials the encoders that those have too. */
function conditionOf(
  trial: Trial,
  { experiment, scale, specs }: {
    readonly experiment: Experiment;
    readonly scale: Scale;
    /** Those of the trials before. */
    readonly specs: Map<Encoder, EncoderSpec>;
  },
): (seed: number) => Condition {
  const { representation, probe } = trial;
  const encoders = representation.kind === "fusion" ? representation.encoders : [representation];
  const name = nameOf(trial, encoders);
  const written = encoders.map((encoder) => {
    const spec = specs.get(encoder) ?? encoderSpec(encoder, scale);
    specs.set(encoder, spec);
    return spec;
  });
  const chosen: ProbeSpec = {
    ...chosenProbe(probe.kind, scale),
    labels: amount(probe.on, probe.labels, scale.labels),
    corruption: probe.images,
  };
  return (seed) => ({
    experiment: experiment.id,
    name,
    scale: scale.name,
    pixels: scale.pixels,
    seed,
    encoders: written,
    probe: chosen,
    granularity: trial.granularity,
  });
}

function encoderSpec(encoder: Encoder, scale: Scale): EncoderSpec {
  const { method, source, corruption, budget, replica } = encoder;
  const parts: readonly Domain[] = source === null
    ? []
    : source.kind === "pool"
    ? source.parts
    : [source];
  return {
    method,
    sources: parts.map((part) => amount(part.role, part.size, scale.sizes)),
    corruption,
    budget,
    replica,
    network: scale.network,
    training: trainingOf(encoder, scale),
  };
}

function chosenProbe(kind: ProbeKind, scale: Scale): ChosenProbe {
  switch (kind) {
    case "linear":
      return { kind, settings: scale.linear };
    case "knn":
      return { kind, settings: scale.knn };
    case "finetune":
    case "scratch":
      return { kind, settings: scale.finetune };
  }
}

function trainingOf({ method, budget }: Encoder, scale: Scale): EncoderSpec["training"] {
  if (method === "none") return null;
  const training = trainingAt(scale, method), { epochs, batch, minimumSteps } = training;
  if (budget === "recipe") return training;
  if (budget === "epochs") return { ...training, minimumSteps: 0 };
  const images = scale.sizes["1M"];
  const steps = epochs * Math.floor(images / Math.min(batch, images));
  return { ...training, minimumSteps: Math.max(minimumSteps, steps) };
}

function amount(role: Role, size: Size, numbers: Scale["sizes"]): Amount {
  return { role, size, images: size === "all" ? null : numbers[size] };
}

function nameOf(trial: Trial, encoders: readonly Encoder[]): string {
  const { probe } = trial;
  const levels = trial.granularity === "finest"
    ? ""
    : ` at ${trial.granularity === "all" ? "all levels" : trial.granularity.join(", ")}`;
  const seen = probe.images.kind === "clean" ? "" : `, ${corruptionName(probe.images)}`;
  return `${
    encoders.map(encoderName).join(" & ")
  } -> ${probe.kind} ${probe.on} (${probe.labels})${seen}${levels}`;
}

function encoderName(encoder: Encoder): string {
  const { method, source, replica } = encoder;
  if (source === null) return method;
  const parts = source.kind === "pool" ? source.parts : [source];
  const images = parts.map((part) => `${part.role} (${part.size})`).join(" + ");
  const corruption = encoder.corruption.kind === "clean"
    ? ""
    : `, ${corruptionName(encoder.corruption)}`;
  const budget = encoder.budget === "recipe" ? "" : `, equal ${encoder.budget}`;
  const again = replica === 0 ? "" : `, replica ${replica}`;
  return `${method} ${images}${corruption}${budget}${again}`;
}
