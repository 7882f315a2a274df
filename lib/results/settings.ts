import {
  chosenProbe,
  floors,
  isFloorName,
  methodNames,
  networkName,
  probeKinds,
  type Scale,
  scalesOf,
  trainingAt,
} from "@/dsl/mod.ts";
import type { StudyResults } from "@/lib/results/study.ts";
import { encodersOf, type EncoderSubject, type Subject } from "@/lib/results/subject.ts";

type Study = Pick<StudyResults, "experiments" | "scale">;

/** The value of a setting that has no parts. */
export type SettingValue = string | number | boolean | readonly number[];

/** A setting that has no parts. */
export interface Setting {
  /** Where a declaration has it, from without to within: `["optimizer", "momentum"]`. */
  readonly path: readonly string[];
  /** One, or one for each group of views where these differ. */
  readonly values: readonly SettingValue[];
}

/** A method or a probe, by its name in declarations, at a scale. */
export interface Configured {
  readonly scale: string;
  readonly kind: "method" | "probe";
  readonly name: string;
}

/** All settings that a method or a probe has at a scale. */
export interface ConfiguredSettings extends Configured {
  readonly settings: readonly Setting[];
}

/** Settings that some conditions have in place of those at their scale. */
export interface ChangedSettings extends Configured {
  /** The encoder from outside that is fine-tuned, at its own size. */
  readonly checkpoint?: string;
  readonly changes: readonly ChangedSetting[];
  /** The ids of the experiments that have such conditions. */
  readonly experiments: readonly string[];
}

/** A setting that was changed. */
export interface ChangedSetting extends Setting {
  /** What it is at the scale; none where it has no such setting. */
  readonly recipe: readonly SettingValue[];
}

/** All settings that something is told, as many as it has: what has no parts first, then part by part. */
export function settingsIn(told: object): readonly Setting[] {
  const all = Object.entries(told).flatMap(([name, value]) => leaves(value, [name]));
  return [
    ...all.filter(({ path }) => path.length === 1),
    ...all.filter(({ path }) => path.length > 1),
  ];
}

/** The scales at which a study has conditions, the command's first. */
export function studyScales({ experiments, scale }: Study): readonly Scale[] {
  const named = experiments.flatMap(({ experiment }) =>
    scalesOf(experiment, scale, { beyond: true })
  );
  const used = new Set(subjectsOf(experiments).map((subject) => subject.scale));
  return [...new Map([scale, ...named].map((one) => [one.name, one])).values()]
    .filter(({ name }) => used.has(name));
}

// What of a scale is told of methods and probes, and what a command may say otherwise.
const toldElsewhere = ["name", "linear", "knn", "finetune", "seeds"];

/** What a scale decides beside the settings of methods and probes. */
export function scaleSettings(scale: Scale): readonly Setting[] {
  return settingsIn(
    Object.fromEntries(Object.entries(scale).filter(([name]) => !toldElsewhere.includes(name))),
  );
}

/** Every method that a study trains and every probe that it uses, with all settings at each of its scales. */
export function studySettings(study: Study): readonly ConfiguredSettings[] {
  const subjects = subjectsOf(study.experiments);
  return studyScales(study).flatMap((scale) => {
    const own = subjects.filter((subject) => subject.scale === scale.name);
    const used = new Set(own.flatMap(encodersOf).map(({ method }) => method));
    const probes = new Set(own.map(({ probe }) => probe));
    return [
      ...methodNames.filter((name) => used.has(name)).map((name): ConfiguredSettings => ({
        scale: scale.name,
        kind: "method",
        name,
        settings: settingsIn({ network: scale.network, ...withoutName(trainingAt(scale, name)) }),
      })),
      ...probeKinds.filter((name) => probes.has(name)).map((name): ConfiguredSettings => ({
        scale: scale.name,
        kind: "probe",
        name,
        settings: settingsIn(chosenProbe(name, scale).settings),
      })),
    ];
  });
}

/** What conditions of a study have in place of these settings, each distinct change once. */
export function changedSettings(study: Study): readonly ChangedSettings[] {
  const scales = new Map(studyScales(study).map((scale) => [scale.name, scale]));
  const all = subjectsOf(study.experiments).flatMap((subject) => {
    const scale = scales.get(subject.scale)!;
    const changed = [
      ...encodersOf(subject).map((encoder) => changedTraining(encoder, scale)),
      changedProbe(subject, scale),
    ];
    return changed.filter(({ changes }) => changes.length > 0)
      .map((one) => ({ ...one, experiment: subject.experiment }));
  });
  const same = ({ experiment: _, ...one }: (typeof all)[number]) => JSON.stringify(one);
  return [...Map.groupBy(all, same).values()].map((some): ChangedSettings => {
    const { experiment: _, ...one } = some[0]!;
    return { ...one, experiments: [...new Set(some.map(({ experiment }) => experiment))] };
  });
}

function changedTraining(encoder: EncoderSubject, scale: Scale) {
  const { method, training, network, ownNetwork } = encoder;
  const shape: readonly ChangedSetting[] = ownNetwork
    ? [{
      path: ["network"],
      values: [network],
      recipe: [networkName(isFloorName(method) ? floors[method] : scale.network)],
    }]
    : [];
  const changes = training === null
    ? []
    : differing(withoutName(training), withoutName(trainingAt(scale, training.method)));
  return {
    scale: scale.name,
    kind: "method" as const,
    name: method,
    changes: [...changes, ...shape],
  };
}

function changedProbe({ probe, settings, checkpoint }: Subject, scale: Scale) {
  return {
    scale: scale.name,
    kind: "probe" as const,
    name: probe,
    ...probe === "finetune" && checkpoint !== undefined && { checkpoint },
    changes: differing(settings, chosenProbe(probe, scale).settings),
  };
}

/** The settings in which something differs from its recipe. */
function differing(told: object, recipe: object): readonly ChangedSetting[] {
  const known = new Map(settingsIn(recipe).map(({ path, values }) => [path.join("."), values]));
  return settingsIn(told)
    .map((one) => ({ ...one, recipe: known.get(one.path.join(".")) ?? [] }))
    .filter(({ values, recipe }) => JSON.stringify(values) !== JSON.stringify(recipe));
}

function withoutName<T extends { readonly method: string }>(training: T): Omit<T, "method"> {
  const { method: _, ...settings } = training;
  return settings;
}

function subjectsOf(experiments: Study["experiments"]): readonly Subject[] {
  return experiments.flatMap(({ cells, absent }) => [
    ...cells.map(({ subject }) => subject),
    ...absent,
  ]);
}

function leaves(value: unknown, path: readonly string[]): readonly Setting[] {
  if (Array.isArray(value) && value.some(hasParts)) {
    return merged(value.map((group) => leaves(group, path)));
  }
  return hasParts(value)
    ? Object.entries(value).flatMap(([name, part]) => leaves(part, [...path, name]))
    : [{ path, values: [value as SettingValue] }];
}

/** The settings of several groups: what is the same in all is told once. */
function merged(groups: readonly (readonly Setting[])[]): readonly Setting[] {
  const byPath = Map.groupBy(groups.flat(), ({ path }) => path.join("."));
  return [...byPath.values()].map((some): Setting => {
    const values = some.flatMap((one) => one.values);
    const isSame = new Set(values.map((value) => JSON.stringify(value))).size === 1;
    return { path: some[0]!.path, values: isSame ? values.slice(0, 1) : values };
  });
}

function hasParts(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
