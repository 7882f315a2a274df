/**
 * What a training minimises: a file for each method, a line each in the registry.
 *
 * @module
 */

import type { TrainingMethod, TrainingOf } from "@/dsl/mod.ts";
import type { Encoder } from "@/lib/model/encoder.ts";
import type { Objective, ObjectiveMaker, TrainedOn } from "@/lib/objective/objective.ts";

/** The objective of each method; a training loads its own alone, and rests on no other's code. */
const makers: {
  readonly [M in TrainingMethod]: () => Promise<ObjectiveMaker<TrainingOf<M>>>;
} = {
  simclr: async () => (await import("@/lib/objective/simclr.ts")).simclr,
  moco: async () => (await import("@/lib/objective/moco.ts")).moco,
  byol: async () => (await import("@/lib/objective/byol.ts")).byol,
  barlow: async () => (await import("@/lib/objective/barlow.ts")).barlow,
  simsiam: async () => (await import("@/lib/objective/simsiam.ts")).simsiam,
  vicreg: async () => (await import("@/lib/objective/vicreg.ts")).vicreg,
  dino: async () => (await import("@/lib/objective/dino.ts")).dino,
  supervised: async () => (await import("@/lib/objective/supervised.ts")).supervised,
};

/** The objective of a training on top of an encoder. */
export async function objectiveOf<M extends TrainingMethod>(
  encoder: Encoder,
  training: TrainingOf<M> & { readonly method: M },
  data: TrainedOn,
): Promise<Objective> {
  const { method }: { readonly method: M } = training;
  const make = await makers[method]();
  return make(encoder, training, data);
}
