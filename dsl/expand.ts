import type { Amount, ChosenProbe, Condition, EncoderSpec, ProbeSpec } from "@/dsl/condition.ts";
import { corruptionName } from "@/dsl/corruption.ts";
import {
  countIn,
  type Domain,
  isClassSize,
  isOwnSize,
  type Role,
  type Size,
} from "@/dsl/domain.ts";
import type { Experiment } from "@/dsl/experiment.ts";
import { floors, isFloorName } from "@/dsl/floor.ts";
import { freeze } from "@/dsl/freeze.ts";
import { type AnyTraining, isTraining, trainingAt } from "@/dsl/methods/mod.ts";
import { networkName } from "@/dsl/network.ts";
import type { Probe, ProbeKind } from "@/dsl/probe.ts";
import type { Encoder } from "@/dsl/representation.ts";
import type { Scale } from "@/dsl/scale.ts";
import { inPrecision, scaleOf } from "@/dsl/scales.ts";
import { changesOf, type Settings } from "@/dsl/settings.ts";
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
 * The conditions of an experiment: every trial at every seed, at the scale that it names or else at the command's, each as
 * plain frozen JSON with every default written out.
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
  const specs: Specs = new Map();
  const conditions = trialsOf(experiment, beyond).flatMap((trial) => {
    const of = conditionOf(trial, { experiment, command: scale, specs });
    return Array.from({ length: seeds }, (_, i) => of(firstSeed + i));
  });
  return freeze(conditions);
}

/** The scales at which an experiment's trials are worked, each once, where the command's is `scale`. */
export function scalesOf(
  experiment: Experiment,
  scale: Scale,
  { beyond = false }: Pick<ExpandOptions, "beyond"> = {},
): readonly Scale[] {
  const all = trialsOf(experiment, beyond).map((trial) => scaleFor(trial, scale));
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** The trial of each condition of an experiment, those beyond the paper too, by the condition's name. */
export function trialsByName(experiment: Experiment, scale: Scale): ReadonlyMap<string, Trial> {
  const specs: Specs = new Map();
  return new Map(
    trialsOf(experiment, true).map((trial) => [
      conditionOf(trial, { experiment, command: scale, specs })(1).name,
      trial,
    ]),
  );
}

function trialsOf({ trials, beyond }: Experiment, all: boolean): readonly Trial[] {
  return all ? [...trials, ...beyond] : trials;
}

/** The scale that a trial names, in the command's precision where that has one; or else the command's. */
function scaleFor({ scale: named }: Trial, command: Scale): Scale {
  if (named === null) return command;
  const own = typeof named === "string" ? scaleOf(named) : named;
  return command.precision === undefined ? own : inPrecision(own, command.precision);
}

/** Encoders written out, by the name of their scale. */
type Specs = Map<string, Map<Encoder, EncoderSpec>>;

/** Gives the condition of a trial at each seed; they share all else, and with other trials the encoders that those have too. */
function conditionOf(
  trial: Trial,
  { experiment, command, specs }: {
    readonly experiment: Experiment;
    readonly command: Scale;
    /** Those of the trials before. */
    readonly specs: Specs;
  },
): (seed: number) => Condition {
  const { representation, probe, granularity } = trial;
  const scale = scaleFor(trial, command), ownScale = trial.scale !== null;
  const known = specs.get(scale.name) ?? new Map<Encoder, EncoderSpec>();
  specs.set(scale.name, known);
  const fused = representation.kind === "fusion" ? representation.encoders : [representation];
  const encoders = fused.map((encoder) => {
    const spec = known.get(encoder) ?? encoderSpec(encoder, scale);
    known.set(encoder, spec);
    return spec;
  });
  const chosen = probeSpec(probe, scale);
  const name = nameOf({ encoders, probe: chosen, granularity, scale: scale.name, ownScale });
  return (seed) => ({
    experiment: experiment.id,
    name,
    scale: scale.name,
    ownScale,
    pixels: scale.pixels,
    seed,
    encoders,
    probe: chosen,
    granularity,
  });
}

function encoderSpec(encoder: Encoder, scale: Scale): EncoderSpec {
  const { method, source, corruption, budget, replica, network, checkpoint } = encoder;
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
    network: checkpoint === undefined
      ? network ?? (isFloorName(method) ? floors[method] : scale.network)
      : { family: "checkpoint", name: checkpoint },
    ownNetwork: network !== null,
    training: trainingOf(encoder, scale),
    changes: changesOf(
      encoder.training,
      isTraining(method) ? trainingAt(scale, method) : {},
    ),
    ...checkpoint !== undefined && { checkpoint },
  };
}

function probeSpec({ kind, on, labels, images, settings }: Probe, scale: Scale): ProbeSpec {
  const chosen = chosenProbe(kind, scale);
  return {
    ...{ ...chosen, settings: { ...chosen.settings, ...settings } } as ChosenProbe,
    labels: isClassSize(labels)
      ? { role: on, size: labels, perClass: countIn(labels) }
      : amount(on, labels, scale.labels),
    corruption: images,
    changes: changesOf(settings, chosen.settings),
  };
}

/** A kind of probe with its settings at a scale. */
export function chosenProbe(kind: ProbeKind, scale: Scale): ChosenProbe {
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

function trainingOf(encoder: Encoder, scale: Scale): EncoderSpec["training"] {
  const { method, budget } = encoder;
  if (!isTraining(method)) return null;
  const training = changed(trainingAt(scale, method), encoder.training);
  const { epochs, batch, minimumSteps } = training;
  if (budget === "recipe") return training;
  if (budget === "epochs") return { ...training, minimumSteps: 0 };
  const images = scale.sizes["1M"];
  const steps = epochs * Math.floor(images / Math.min(batch, images));
  return { ...training, minimumSteps: Math.max(minimumSteps, steps) };
}

/** A recipe with the settings that were given in place of its own; where those have more epochs, it has more least steps. */
function changed<T extends AnyTraining>(recipe: T, settings: Settings): T {
  const whole = { ...recipe, ...settings } as T;
  if ("minimumSteps" in settings) return whole;
  const minimumSteps = Math.round(recipe.minimumSteps * (whole.epochs / recipe.epochs));
  return { ...whole, minimumSteps };
}

function amount(role: Role, size: Size, numbers: Scale["sizes"]): Amount {
  if (size === "all") return { role, size, images: null };
  return { role, size, images: isOwnSize(size) ? countIn(size) : numbers[size] };
}

function nameOf(
  { encoders, probe, granularity, scale, ownScale }: Pick<
    Condition,
    "encoders" | "probe" | "granularity" | "scale" | "ownScale"
  >,
): string {
  const { kind, labels, corruption, changes } = probe;
  const levels = granularity === "finest"
    ? ""
    : ` at ${granularity === "all" ? "all levels" : granularity.join(", ")}`;
  const seen = corruption.kind === "clean" ? "" : `, ${corruptionName(corruption)}`;
  const settings = changes.text === "" ? "" : `, ${changes.text}`;
  const at = ownScale ? `, scale ${scale}` : "";
  return `${
    encoders.map(encoderName).join(" & ")
  } -> ${kind} ${labels.role} (${labels.size})${settings}${seen}${at}${levels}`;
}

/** An encoder in words, without its seed: "simclr species (1M), jpeg-30". */
function encoderName(encoder: EncoderSpec): string {
  const { method, sources, checkpoint } = encoder;
  const images = checkpoint === undefined
    ? sources.map(({ role, size }) => ` ${role} (${size})`).join(" +")
    : ` ${checkpoint}`;
  return [`${method}${images}`, ...distinctions(encoder)].join(", ");
}

/** What sets an encoder apart from others of its method on the same images, in words. */
export function distinctions(
  { corruption, budget, replica, changes, network, ownNetwork }: Omit<EncoderSpec, "method">,
): readonly string[] {
  return [
    ...corruption.kind === "clean" ? [] : [corruptionName(corruption)],
    ...budget === "recipe" ? [] : [`equal ${budget}`],
    ...changes.text === "" ? [] : [changes.text],
    ...ownNetwork ? [networkName(network)] : [],
    ...replica === 0 ? [] : [`replica ${replica}`],
  ];
}
