import { expand, type Experiment, type Scale, scalesOf, smoke } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { rolesOf } from "@/lib/cli/roles.ts";
import type { Binding } from "@/lib/data/mod.ts";

/** Images drawn of each built-in world. */
type World = Scale["world"];

/** Experiments that stand on the same images, and the sentences that tell which were left out. */
export interface SameWorld {
  readonly experiments: readonly Experiment[];
  readonly world: World;
  readonly leftOut: readonly string[];
}

/**
 * How many images the built-in worlds have: as many as the largest scale of an experiment draws, so that all its scales are
 * compared on the same test images. Another experiment's images, and all that was made of them, would be others for that; so
 * one that needs more than the command's scale draws runs by itself, and `all` leaves it out.
 *
 * @throws {InputError} If experiments that were named together need worlds of several sizes.
 */
export function sameWorld(
  chosen: readonly Experiment[],
  { scale, bound, isAll, beyond }: {
    readonly scale: Scale;
    readonly bound: Readonly<Record<string, Binding>>;
    /** Whether it was said to run all. */
    readonly isAll: boolean;
    /** Whether what goes beyond the paper is asked too. */
    readonly beyond: boolean;
  },
): SameWorld {
  const sized = chosen.map((experiment) => ({
    experiment,
    world: isDrawn(experiment, bound)
      ? worldOf(scalesOf(experiment, scale, { beyond }))
      : scale.world,
  }));
  const isLarger = ({ world }: { readonly world: World }) => !isSame(world, scale.world);
  const [first] = sized, larger = sized.filter(isLarger);
  if (larger.length === 0) return { experiments: chosen, world: scale.world, leftOut: [] };
  if (sized.every(({ world }) => isSame(world, first!.world))) {
    return { experiments: chosen, world: first!.world, leftOut: [] };
  }
  const sentences = larger.map(({ experiment, world }) =>
    `experiment "${experiment.id}" needs built-in worlds of ${world.train} training and ${world.test} test images, but the scale ${scale.name} draws ${scale.world.train} and ${scale.world.test}`
  );
  if (!isAll) throw new InputError("Command line", sentences.join("; "), "Run it on its own");
  return {
    experiments: sized.filter((one) => !isLarger(one)).map(({ experiment }) => experiment),
    world: scale.world,
    leftOut: sentences.map((one) => `left out: ${one}`),
  };
}

function worldOf(scales: readonly Scale[]): World {
  return {
    train: Math.max(...scales.map(({ world }) => world.train)),
    test: Math.max(...scales.map(({ world }) => world.test)),
  };
}

/** Whether some role that an experiment uses is a built-in world. */
function isDrawn(experiment: Experiment, bound: Readonly<Record<string, Binding>>): boolean {
  // Which roles these are does not depend on scale and seeds.
  return rolesOf(expand(experiment, smoke, { seeds: 1, beyond: true }))
    .some((role) => Object.hasOwn(bound, role) && bound[role]!.dataset === "world");
}

function isSame(one: World, other: World): boolean {
  return one.train === other.train && one.test === other.test;
}
