import { basename } from "node:path";
import {
  type Condition,
  expand,
  type Experiment,
  type Role,
  type Scale,
  scaleOf,
} from "@/dsl/mod.ts";
import { type InputError, refusingTogether } from "@/lib/base/errors.ts";
import { refusal, refusedRoles, sentencesOf } from "@/lib/cli/allow.ts";
import {
  experimentsNamed,
  placeIn,
  placeOfCondition,
  soundExperiments,
} from "@/lib/cli/experiments.ts";
import { fewLabels } from "@/lib/cli/few_labels.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { outsideEncoders, type StudyEncoders, unnamedIn } from "@/lib/cli/outside.ts";
import { boundAlike, boundRoles, rolesOf, usedRoles } from "@/lib/cli/roles.ts";
import { looksOf, type Progressed, seedsOf } from "@/lib/cli/seeds.ts";
import type { StudySource } from "@/lib/cli/posed.ts";
import { sameWorld } from "@/lib/cli/world_size.ts";
import {
  type Binding,
  dividedLevels,
  type DomainFacts,
  domainFacts,
  type WorldSize,
} from "@/lib/data/mod.ts";
import { encoderNames } from "@/lib/pretrained/mod.ts";
import type { Question, StudyDomain } from "@/lib/results/mod.ts";
import { type Code, filesIn, readCode } from "@/lib/run/mod.ts";
import type { FoundStore } from "@/lib/store/mod.ts";

/**
 * The seed of the built-in worlds. Settings were chosen on worlds drawn from seed 0, and what a study on those of seed 1 showed
 * made us lengthen trainings and mend checks: a study is made on others, of which nothing was ever seen.
 */
export const worldSeed = 2;

/** What is asked for, and of which data, before it is planned. */
export interface Draft extends StudyEncoders {
  readonly experiments: readonly Experiment[];
  /** What is left out, of `all` and of its experiments, and why, a sentence each. */
  readonly leftOut: readonly string[];
  /** All experiments that there are. */
  readonly registry: readonly Experiment[];
  readonly scale: Scale;
  /** At how many seeds claims are looked at; none for a single look at all that there is. */
  readonly looks: readonly number[];
  readonly domains: ReadonlyMap<Role, StudyDomain>;
  /** What is wrong with the roles that are left out for it. */
  readonly refused: ReadonlyMap<Role, string>;
  /** The data set of each identity. */
  readonly bindings: ReadonlyMap<string, Binding>;
  /** What the identities are the hashes of. */
  readonly identities: readonly DomainFacts["identity"][];
  readonly world: WorldSize;
  /** Those that can be worked with the data as they are. */
  readonly conditions: readonly Condition[];
  /** Where each was declared. */
  readonly placeOf: (condition: Condition) => string;
  /** Where a part of an experiment was declared. */
  readonly placeOfPart: (experiment: Experiment, part: object) => string;
  readonly store: FoundStore;
  readonly code: Code;
  /** What it is about, where it is a question of a user's own data. */
  readonly question?: Question;
}

/** How a study is begun. */
export interface StudyPlace extends StudySource {
  /** Opens the store, to read it or to write into it. */
  readonly open: (folder: string) => Promise<FoundStore>;
  /**
   * Is told what is wrong with data and was not let pass, and the study goes on without what reads it, as after a step that
   * failed.
   */
  readonly onRefused?: ((error: InputError) => void) | undefined;
  /** How far a study has come that goes on until its claims are decided. */
  readonly progressed?: Progressed;
  /** Is told each file that remembers what was found out about data. */
  readonly onMemo?: (path: string) => void;
}

/**
 * Reads the declarations and the data sets' listings, and opens the store.
 *
 * @param ids Ids of experiments, or `all`.
 * @throws {InputError | InputErrors} If something is wrong with the experiments, ids are unknown, or data sets cannot be used or
 * have something wrong that was not let pass and is not told.
 */
export async function draftStudy(
  ids: readonly string[],
  options: StudyOptions,
  { root, posed, open, onRefused, progressed, onMemo }: StudyPlace,
): Promise<Draft> {
  const declared = posed?.declared ?? await soundExperiments(root);
  const registry = declared.experiments;
  const named = experimentsNamed(ids, registry);
  // A file may bind other roles than the one that is asked of.
  const bindable = posed === undefined ? { roles: usedRoles(registry) } : {};
  const bound = await boundRoles(declared, options.data, bindable);
  const known = options.encoders === undefined ? [] : await encoderNames(options.encoders);
  const unbound = unboundIn(ids.includes("all") ? named : [], ids, { bound, encoders: known });
  const { precision } = options;
  const scale = scaleOf(options.scale, precision === undefined ? {} : { precision });
  const same = sameWorld(named.filter((one) => !unbound.has(one)), {
    ...{ scale, bound },
    isAll: ids.includes("all"),
    beyond: options.all,
  });
  const { experiments: chosen } = same;
  const unneeded: string[] = [];
  const conditions = chosen.flatMap((experiment) => {
    const seeds = progressed?.look ?? options.seeds?.count;
    const firstSeed = options.seeds?.first ?? 1;
    const asked = expand(experiment, scale, {
      ...seeds !== undefined && { seeds },
      firstSeed,
      beyond: options.all,
    });
    const worked = asked.filter((condition) =>
      condition.seed - firstSeed < seedsOf(condition, experiment, { scale, options, progressed })
    );
    unneeded.push(...unneededIn(experiment, asked, worked));
    return worked;
  });
  const outside = await outsideEncoders(conditions, options.encoders);
  const [store, code] = await Promise.all([open(options.store), readCode(filesIn(root))]);
  const world = { ...same.world, seed: worldSeed };
  const found = new Map<Role, DomainFacts>();
  const bindings = new Map<string, Binding>(), byRole = new Map<Role, Binding>();
  const memo = store.made ? `${store.root}/memo` : null;
  await refusingTogether(
    rolesOf(conditions).map((role) => async () => {
      const binding = Object.hasOwn(bound, role) ? bound[role] : undefined;
      // The planner names the condition that wants it.
      if (binding === undefined) return;
      const facts = await domainFacts(binding, { world, memo, ...onMemo && { onMemo } });
      found.set(role, facts);
      bindings.set(facts.id, binding);
      byRole.set(role, binding);
    }),
  );
  const [first, ...others] = refusedRoles(found, options.allow);
  const refused = new Map(
    [first, ...others].filter((one) => one !== undefined)
      .map((one) => [one.role as Role, sentencesOf(one)]),
  );
  const sound = conditions.filter((one) => !rolesOf([one]).some((role) => refused.has(role)));
  if (first !== undefined) {
    const error = refusal([first, ...others]);
    if (onRefused === undefined || sound.length === 0) throw error;
    onRefused(error);
  }
  const domains = new Map(
    [...found].filter(([role]) => !refused.has(role))
      .map(([role, facts]) => [
        role,
        studyDomain(role, {
          facts,
          binding: byRole.get(role)!,
          conditions,
          alike: boundAlike(role, byRole),
        }),
      ]),
  );
  return {
    ...outside,
    experiments: chosen,
    leftOut: [...unbound.values(), ...same.leftOut, ...unneeded],
    registry,
    scale,
    looks: looksOf(options),
    domains,
    refused,
    bindings,
    identities: [...found.values()].map(({ identity }) => identity),
    world,
    conditions: sound,
    placeOf: (condition) => placeOfCondition(declared, condition, scale),
    placeOfPart: (experiment, part) => placeIn(declared, experiment, part),
    store,
    code,
    ...posed && { question: posed.question },
  };
}

function studyDomain(
  role: Role,
  { facts, binding, conditions, alike }: {
    readonly facts: DomainFacts;
    readonly binding: Binding;
    readonly conditions: readonly Condition[];
    /** A word on roles that are bound to the same. */
    readonly alike: readonly string[];
  },
): StudyDomain {
  const { hierarchy, findings, notes, identity: _, ...domain } = facts;
  const { trainImages } = facts, classes = hierarchy.leaves.length;
  return {
    ...domain,
    name: boundName(binding, facts),
    classes,
    levels: hierarchy.levels,
    dividedLevels: dividedLevels(hierarchy),
    allowed: findings.map(({ sentence }) => sentence),
    notes: [...alike, ...notes, ...fewLabels(role, { trainImages, classes, conditions })],
  };
}

/** What a role is bound to, without the folders that lead there. */
function boundName(binding: Binding, { dataset, source }: DomainFacts): string {
  return `${dataset} ${
    binding.dataset === "world" ? binding.world : basename(source.split(", ")[0]!)
  }`;
}

/** Of `all`, the experiments of which a role or a checkpoint is named in no file, each with a sentence; not those that are named too. */
function unboundIn(
  all: readonly Experiment[],
  ids: readonly string[],
  { bound, encoders }: {
    readonly bound: Readonly<Record<string, Binding>>;
    readonly encoders: readonly string[];
  },
): ReadonlyMap<Experiment, string> {
  const found = new Map<Experiment, string>();
  for (const one of all.filter(({ id }) => !ids.includes(id))) {
    const roles = usedRoles([one]).filter((role) => !Object.hasOwn(bound, role));
    const [unnamed] = unnamedIn(one, encoders);
    if (unnamed !== undefined) {
      found.set(
        one,
        `${one.id} is left out: its encoder "${unnamed}" is named in no encoders.yaml`,
      );
    }
    if (roles.length === 0) continue;
    const told = roles.map((role) => `"${role}"`).join(" and ");
    found.set(
      one,
      `${one.id} is left out: its role ${told} is bound to no data set in data.yaml or in its file`,
    );
  }
  return found;
}

/** That trials of an experiment get no seed at all, in words. */
function unneededIn(
  { id }: Experiment,
  asked: readonly Condition[],
  worked: readonly Condition[],
): readonly string[] {
  const names = new Set(worked.map(({ name }) => name));
  const without = new Set(asked.map(({ name }) => name).filter((name) => !names.has(name)));
  if (without.size === 0) return [];
  return [
    without.size === 1
      ? `${id}: 1 trial is left out, since no claim needs it and it would train a whole network; --figures full adds it`
      : `${id}: ${without.size} trials are left out, since no claim needs them and each would train a whole network; --figures full adds them`,
  ];
}
