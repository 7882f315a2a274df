/**
 * The built-in worlds: four domains of procedural pictures that need no download. A picture is a function of
 * (world, seed, split, index) alone: the same at every machine, in any order and, but for resolution, at any size.
 *
 * They are synthetic, and stand in for photographs only in what the study is about. Coarse classes differ by shape and
 * layout, fine ones by texture, proportion and small marks in colours that siblings share; pose, size, light, background
 * and clutter vary within each class, so that raw pixels say little. As in the real sets, `objects` holds some animals and
 * plants drawn as `species` draws them, `scenes` holds objects and vegetation, and `aerial` shares nothing but light.
 */

import { permutation, randomAt } from "@/lib/base/random.ts";
import { allCovers } from "@/lib/worlds/aerial/all.ts";
import { allObjects, objectLevels } from "@/lib/worlds/objects/all.ts";
import { paintObject } from "@/lib/worlds/objects/picture.ts";
import { brushOn } from "@/lib/worlds/paint/brush.ts";
import { finish, newCanvas } from "@/lib/worlds/paint/canvas.ts";
import { allScenes } from "@/lib/worlds/scenes/all.ts";
import { paintScene } from "@/lib/worlds/scenes/picture.ts";
import { allSpecies, speciesRanks } from "@/lib/worlds/species/all.ts";
import { paintSpecies } from "@/lib/worlds/species/picture.ts";
import type { Brush } from "@/lib/worlds/paint/brush.ts";
import type { Random } from "@/lib/base/random.ts";
import { treeOf, type WorldTree } from "@/lib/worlds/tree.ts";

export type { WorldTree } from "@/lib/worlds/tree.ts";

/** The built-in worlds, named for the roles they fill. */
export const worldNames = ["objects", "species", "scenes", "aerial"] as const;

/** The name of a built-in world. */
export type WorldName = (typeof worldNames)[number];

/** Bumped by hand whenever any picture or label changes, so that nothing made from older pictures is taken for current. */
export const worldVersion = 4;

/** Which picture to draw, and how large. */
export interface PictureAddress {
  /** An integer. */
  readonly seed: number;
  /** The part of the world that it belongs to, such as `train`: each has pictures of its own. */
  readonly split: string;
  /** 0 and up, without limit. */
  readonly index: number;
  /** Pixels on a side. */
  readonly size: number;
}

interface World {
  readonly tree: WorldTree;
  readonly paint: (brush: Brush, random: Random, options: { leaf: number }) => void;
}

const worlds: Readonly<Record<WorldName, World>> = {
  objects: {
    tree: treeOf(objectLevels, allObjects),
    paint: (brush, random, { leaf }) => paintObject(brush, random, { kind: allObjects[leaf]! }),
  },
  species: {
    tree: treeOf(speciesRanks, allSpecies),
    paint: (brush, random, { leaf }) => paintSpecies(brush, random, { species: allSpecies[leaf]! }),
  },
  scenes: {
    tree: treeOf(["scene", "setting", "place"], allScenes),
    paint: (brush, random, { leaf }) => paintScene(brush, random, { scene: allScenes[leaf]! }),
  },
  aerial: {
    tree: treeOf(["cover", "kind"], allCovers),
    paint: (brush, random, { leaf }) => allCovers[leaf]!.paint(brush, random),
  },
};

/** The labels of a world; the leaf that `drawImage` returns is an index into `leaves`. */
export function worldTree(world: WorldName): WorldTree {
  return worlds[world].tree;
}

/** The leaf of a picture: each run of as many pictures as there are leaves holds every leaf once, in an order of its own. */
export function leafOf(
  world: WorldName,
  { seed, split, index }: Omit<PictureAddress, "size">,
): number {
  const leaves = worlds[world].tree.leaves.length;
  return leavesOfRun(world, { seed, split, run: Math.floor(index / leaves) })[index % leaves]!;
}

/** The leaves of the first pictures of a split, `[count]`, as {@linkcode leafOf} gives them. */
export function leavesOf(
  world: WorldName,
  { seed, split, count }: Pick<PictureAddress, "seed" | "split"> & { readonly count: number },
): Uint16Array {
  const all = new Uint16Array(count);
  for (let at = 0, run = 0; at < count; run++) {
    const next = leavesOfRun(world, { seed, split, run }).subarray(0, count - at);
    all.set(next, at);
    at += next.length;
  }
  return all;
}

function leavesOfRun(
  world: WorldName,
  { seed, split, run }: Pick<PictureAddress, "seed" | "split"> & { readonly run: number },
): Uint32Array {
  const leaves = worlds[world].tree.leaves.length;
  return permutation(leaves, randomAt(seed, `${world} ${split} labels`, run));
}

/**
 * Draws one picture and returns the index of its leaf.
 *
 * @param out `[size, size, 3]`, RGB, overwritten whole.
 * @throws {RangeError} If `out` is not as long as that.
 */
export function drawImage(world: WorldName, options: PictureAddress, out: Uint8Array): number {
  const { seed, split, index, size } = options;
  if (out.length !== size * size * 3) {
    throw new RangeError(
      `Cannot draw a picture of ${size} x ${size} pixels: needs ${
        size * size * 3
      } bytes, given ${out.length}`,
    );
  }
  const leaf = leafOf(world, options);
  const random = randomAt(seed, `${world} ${split} picture`, index);
  const canvas = newCanvas(size, random);
  worlds[world].paint(brushOn(canvas), random, { leaf });
  finish(canvas, out, { size, random });
  return leaf;
}
