/**
 * The methods by which encoders are trained: a file each, a line each in the registry, and one in `lib/objective/mod.ts`.
 *
 * @module
 */

import type { FloorName } from "@/dsl/floor.ts";
import { freeze } from "@/dsl/freeze.ts";
import { barlowMethod } from "@/dsl/methods/barlow.ts";
import { byolMethod } from "@/dsl/methods/byol.ts";
import { dinoMethod } from "@/dsl/methods/dino.ts";
import type { MethodSpec, MethodTraining } from "@/dsl/methods/method.ts";
import { mocoMethod } from "@/dsl/methods/moco.ts";
import { simclrMethod } from "@/dsl/methods/simclr.ts";
import { simsiamMethod } from "@/dsl/methods/simsiam.ts";
import { supervisedMethod } from "@/dsl/methods/supervised.ts";
import { vicregMethod } from "@/dsl/methods/vicreg.ts";
import type { Scale } from "@/dsl/scale.ts";
import type { Precision } from "@/dsl/training.ts";

export * from "@/dsl/methods/barlow.ts";
export * from "@/dsl/methods/byol.ts";
export * from "@/dsl/methods/dino.ts";
export * from "@/dsl/methods/method.ts";
export * from "@/dsl/methods/moco.ts";
export * from "@/dsl/methods/simclr.ts";
export * from "@/dsl/methods/simsiam.ts";
export * from "@/dsl/methods/supervised.ts";
export * from "@/dsl/methods/vicreg.ts";

const registry = {
  simclr: simclrMethod,
  moco: mocoMethod,
  byol: byolMethod,
  barlow: barlowMethod,
  vicreg: vicregMethod,
  simsiam: simsiamMethod,
  dino: dinoMethod,
  supervised: supervisedMethod,
} satisfies { readonly [name: string]: MethodSpec<MethodTraining> };

/** The name of a method that trains. */
export type TrainingMethod = keyof typeof registry;

/** How an encoder comes about; `none` leaves a network as initialised, `checkpoint` is from outside, and a floor has no network. */
export type Method = TrainingMethod | FloorName | "checkpoint" | "none";

/** The settings of a method's training. */
export type TrainingOf<M extends TrainingMethod> = Trainings[M];

/** The settings of any method's training, told apart by `method`. */
export type AnyTraining = Trainings[TrainingMethod];

type Trainings = { readonly [M in TrainingMethod]: (typeof registry)[M]["recipes"]["smoke"] };

/** All methods that train, each under the name that its settings have. */
export const methods: { readonly [M in TrainingMethod]: MethodSpec<TrainingOf<M>> } = freeze(
  registry satisfies {
    readonly [M in TrainingMethod]: MethodSpec<MethodTraining & { readonly method: M }>;
  },
);

/** Their names. */
export const methodNames = Object.keys(methods) as readonly TrainingMethod[];

/** Those that train without labels. */
export const unlabelledMethods = methodNames.filter((name) => !methods[name].labelled);

/** Whether a method trains. */
export function isTraining(method: Method): method is TrainingMethod {
  return Object.hasOwn(methods, method);
}

/** Whether a method needs labels; one that trains nothing needs none. */
export function needsLabels(method: Method): boolean {
  return isTraining(method) && methods[method].labelled;
}

/** A method's training at a scale. */
export function trainingAt<M extends TrainingMethod>(scale: Scale, method: M): TrainingOf<M> {
  const { recipes }: MethodSpec<TrainingOf<M>> = methods[method];
  return inPrecision(recipes[scale.recipes], scale.precision);
}

function inPrecision<T extends MethodTraining>(recipe: T, precision: Precision | undefined): T {
  return precision === undefined ? recipe : { ...recipe, precision };
}
