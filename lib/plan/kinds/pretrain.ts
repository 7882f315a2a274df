import * as z from "zod";
import {
  type AnyTraining,
  type Corruption,
  type Holdings,
  type Method,
  methods,
  type MethodSpec,
  type Network,
} from "@/dsl/mod.ts";
import { storedNumbers } from "@/lib/network/mod.ts";
import { type Around, declared, defineKind, listOf, little, nameOf } from "@/lib/plan/kind.ts";
import { shownImages, trainingSeconds } from "@/lib/plan/training_cost.ts";
import { trainingMemory } from "@/lib/plan/training_memory.ts";

/** One epoch of a training's curve. */
const epoch = z.strictObject({
  /** From 1. */
  epoch: z.number(),
  loss: z.number(),
  /** Top-1 of the training task itself: the other view, or the label. */
  accuracy: z.number(),
  learningRate: z.number(),
  /** Mean length of a feature vector, in the epoch's last batch. */
  featureNorm: z.number(),
  /** Directions that the features of that batch take up; 1 where they have collapsed into one. */
  effectiveRank: z.number(),
  /** Views seen a second. */
  viewsPerSecond: z.number(),
  /** The most bytes that the process had held. */
  peakMemory: z.number(),
  /** Time spent on the training by its end. */
  seconds: z.number(),
});

/** Trains an encoder, or initialises one. */
export const pretrain = defineKind({
  version: 1,
  spec: z.strictObject({
    method: nameOf<Method>(),
    network: declared<Network>(),
    /** Absent for the method `none`, as the corruption is. */
    training: declared<AnyTraining>().exactOptional(),
    corruption: declared<Corruption>().exactOptional(),
    seed: z.number(),
  }),
  /**
   * The parts of the source in order of their roles: of each its images and which of them; of a corrupted one only the
   * `corrupt` step, which holds the subset's images and no others.
   */
  needs: { images: "many", subset: "many" },
  info: z.strictObject({
    images: z.number(),
    curve: listOf(epoch),
    /** How well it tells an image's other view on held-out images in the end; `null` without them. */
    heldOutAccuracy: z.number().nullable(),
    viewsPerSecond: z.number(),
    /** The share of the time in which a step waited for its images. */
    dataWait: z.number(),
  }),
  variants: ({ method }) => ({ objective: method === "none" ? [] : [method] }),
  seconds({ spec: { network, training }, needs }, around) {
    if (training === undefined) return 0.1;
    const images = imagesOf(needs, around);
    const shown = shownImages(training, images), { passes } = methods[training.method];
    return 0.1 + trainingSeconds({ shown, passes, network }, training);
  },
  bytes: ({ spec }) => 4 * storedNumbers(spec.network),
  memory({ spec: { network, training }, needs }, around) {
    if (training === undefined) return little;
    const packs = needs.images.map((key) => around.imagesOf(key));
    const { passes, labelled } = methods[training.method];
    return trainingMemory({
      ...{ network, passes },
      images: imagesOf(needs, around),
      pixels: packs[0]!.pixels,
      classes: labelled ? packs.reduce((sum, { classes }) => sum + classes, 0) : 0,
      holdings: holdingsOf(training),
    }, training);
  },
});

/** All parts of the source. */
function imagesOf(
  needs: { readonly images: readonly string[]; readonly subset: readonly string[] },
  around: Around,
): number {
  const sources = needs.subset.length > 0 ? needs.subset : needs.images;
  return sources.reduce((sum, key) => sum + around.countOf(key), 0);
}

function holdingsOf<T extends AnyTraining>(training: T): Holdings {
  // Each method's settings are its own; of one at hand the compiler knows the union alone.
  return (methods[training.method] as MethodSpec<T>).holds(training);
}
