import * as z from "zod";
import { messageOf } from "@/lib/base/errors.ts";
import type { LabelledSplit } from "@/lib/data/data_set.ts";
import { checkHierarchy, type Hierarchy } from "@/lib/data/hierarchy.ts";
import { bytesOf, checkSize, damaged } from "@/lib/data/packing/pack_files.ts";

/** An image that ingest left out, and why. */
export interface SkippedImage {
  readonly name: string;
  readonly reason: string;
}

/** What a pack says of its images without a look at them: `dataset.json`, and for each split with labels these. */
export interface PackLabels {
  /** Side of the square images, in pixels. */
  readonly px: number;
  /** Number of training images. */
  readonly train: number;
  /** Number of test images. */
  readonly test: number;
  /** Number of images without labels. */
  readonly unlabelled: number;
  readonly hierarchy: Hierarchy;
  readonly skipped: readonly SkippedImage[];
  /**
   * The index of each image's class among the hierarchy's leaves, `[images]`.
   *
   * @throws {InputError} If one is no leaf.
   */
  labels(split: LabelledSplit): Uint16Array;
}

/** The files of a pack that {@linkcode readPackLabels} reads. */
export const packLabelFiles = ["dataset.json", "train.labels", "test.labels"] as const;

const datasetSchema = z.strictObject({
  px: z.int().positive(),
  train: z.int().nonnegative(),
  test: z.int().nonnegative(),
  unlabelled: z.int().nonnegative().optional(),
  hierarchy: z.strictObject({
    levels: z.array(z.string()),
    leaves: z.array(z.strictObject({ name: z.string(), path: z.array(z.string()) })),
  }),
  skipped: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});

/**
 * Reads the labels and the tree of a pack; its images need not even be there.
 *
 * @throws {InputError} Naming the file that is missing or damaged.
 */
export async function readPackLabels(folder: string): Promise<PackLabels> {
  const path = `${folder}/dataset.json`;
  const { unlabelled = 0, ...dataset } = await readDataset(path);
  const { train, test, hierarchy } = dataset;
  if (train + test > 0) checkHierarchy(hierarchy, path);
  for (const split of ["train", "test"] as const) {
    checkSize(`${folder}/${split}.labels`, 2 * dataset[split]);
  }
  return {
    ...dataset,
    unlabelled,
    labels: (split) =>
      readLabels(`${folder}/${split}.labels`, {
        count: dataset[split],
        leaves: hierarchy.leaves.length,
      }),
  };
}

async function readDataset(path: string): Promise<z.infer<typeof datasetSchema>> {
  try {
    return datasetSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    throw damaged(path, messageOf(error));
  }
}

/** The leaf of each image. */
function readLabels(
  path: string,
  { count, leaves }: { readonly count: number; readonly leaves: number },
): Uint16Array {
  const view = new DataView(bytesOf(path, count * 2).slice().buffer);
  const labels = Uint16Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true));
  const wrong = labels.findIndex((label) => label >= leaves);
  if (wrong >= 0) throw damaged(path, `image ${wrong} has the label ${labels[wrong]}`);
  return labels;
}
