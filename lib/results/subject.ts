import {
  type AnyTraining,
  type Budget,
  type Changes,
  type Checkpoint,
  type Condition,
  type Corruption,
  corruptionName,
  type EncoderSpec,
  type Floor,
  type LabelSize,
  type Method,
  type Network,
  networkName,
  type Outside,
  type ProbeKind,
  type SeenCorruption,
  type Settings,
  type Size,
} from "@/dsl/mod.ts";

/** An encoder in the words of the grammar. */
export interface EncoderSubject {
  readonly method: Method;
  /** Roles pretrained on, joined by `+`; the name of an encoder from outside; `none` for an untrained encoder and for floors. */
  readonly pretrain: string;
  /** Those roles, one a part. */
  readonly roles: readonly string[];
  /** The size of each part pretrained on, in the paper's terms. */
  readonly sizes: readonly Size[];
  readonly corruption: string;
  readonly budget: Budget;
  readonly replica: number;
  /** All settings of its training; `null` for what trains nothing. */
  readonly training: AnyTraining | null;
  /** Those of them that were given in place of the recipe's. */
  readonly changes: Changes;
  readonly network: string;
  /** What its corruption and its network, or its floor, are made of. */
  readonly parameters: {
    readonly corruption: Corruption;
    readonly network: Network | Floor | Checkpoint;
  };
  /** Whether the network was given in place of the scale's, or a floor's settings in place of its own. */
  readonly ownNetwork: boolean;
  /** The name of an encoder from outside; absent for any other. */
  readonly checkpoint?: string;
  /** What is known of it, once it is planned. */
  readonly outside?: Outside;
}

/** What a result is about, in the words of the grammar: the condition without its seed, at one level. */
export interface Subject extends EncoderSubject {
  readonly experiment: string;
  /** The condition's name, the same for every seed. */
  readonly condition: string;
  readonly scale: string;
  /** Whether the trial names the scale, in place of the command's. */
  readonly ownScale: boolean;
  /** The further encoders of a fusion. */
  readonly others: readonly EncoderSubject[];
  readonly probe: ProbeKind;
  /** The role whose test images are classified. */
  readonly on: string;
  readonly labels: LabelSize;
  /** All settings of the probe. */
  readonly settings: Settings;
  /** Those of them that were given in place of the scale's. */
  readonly probeChanges: Changes;
  /** What was done to the images of the probe. */
  readonly seen: string;
  /** What that is made of. */
  readonly seenParameters: SeenCorruption;
  /** `finest`, or the name of a coarser level. */
  readonly level: string;
  /** Whether the level is the one that selections call the coarsest. */
  readonly coarsest: boolean;
}

/**
 * The subject of a condition at a level of its label tree.
 *
 * @param coarsest The coarsest level that the condition is scored at, if that is not the finest.
 */
export function subjectOf(
  condition: Condition,
  level: string,
  coarsest: string | null,
): Subject {
  const { encoders, probe } = condition;
  const [first, ...others] = encoders.map(encoderSubject);
  return {
    ...first!,
    experiment: condition.experiment,
    condition: condition.name,
    scale: condition.scale,
    ownScale: condition.ownScale,
    others,
    probe: probe.kind,
    on: probe.labels.role,
    labels: probe.labels.size,
    settings: { ...probe.settings },
    probeChanges: probe.changes,
    seen: corruptionName(probe.corruption),
    seenParameters: probe.corruption,
    level,
    coarsest: level === coarsest,
  };
}

/** The encoders of a subject: one, or those that are fused. */
export function encodersOf(subject: Subject): readonly EncoderSubject[] {
  return [subject, ...subject.others];
}

function encoderSubject(
  { method, sources, corruption, budget, replica, training, changes, network, ...more }:
    EncoderSpec,
): EncoderSubject {
  const { ownNetwork, checkpoint, outside } = more;
  const roles = sources.map(({ role }) => role);
  return {
    method,
    pretrain: checkpoint ?? (roles.length === 0 ? "none" : roles.join("+")),
    roles,
    sizes: sources.map(({ size }) => size),
    corruption: corruptionName(corruption),
    budget,
    replica,
    training,
    changes,
    network: networkName(network),
    parameters: { corruption, network },
    ownNetwork,
    ...checkpoint !== undefined && { checkpoint },
    ...outside !== undefined && { outside },
  };
}
