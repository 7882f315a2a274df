import { InputError, messageOf } from "@/lib/base/errors.ts";
import { openDataSet } from "@/lib/data/adapters/mod.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import type { DataSet, LabelledSplit } from "@/lib/data/data_set.ts";
import { checkHierarchy } from "@/lib/data/hierarchy.ts";
import { worldTree } from "@/lib/data/worlds/mod.ts";
import { type Decoded, findBroken } from "@/lib/cli/data_broken.ts";
import {
  countLevels,
  countSplit,
  type LevelCount,
  type SplitCounts,
} from "@/lib/cli/data_counts.ts";
import { type Duplicates, findDuplicates } from "@/lib/cli/data_duplicates.ts";
import { comparePublished } from "@/lib/cli/data_published.ts";

/** What was found out about the data set of a role. */
export interface Checked {
  readonly role: string;
  readonly dataset: string;
  /** What is wrong with it, a sentence each; none if nothing is. */
  readonly problems: readonly string[];
  /** What is worth knowing and may be meant. */
  readonly notes: readonly string[];
  readonly levels?: readonly LevelCount[];
  /** Absent where the data set has no such image, as is `test`. */
  readonly train?: SplitCounts;
  readonly test?: SplitCounts;
  /** How many images without labels it has; absent where it has none. */
  readonly unlabelled?: number;
  readonly pictures?: Decoded;
  readonly duplicates?: Duplicates;
}

/** How much of a data set is read. */
export interface CheckOptions {
  /** The most images decoded of each split; `Infinity` for all. */
  readonly sample: number;
  /** Tells how far it is. */
  readonly onProgress: (what: string, done: number, total: number) => void;
}

// Enough for every file of a small set; a large one is compared in part, unless all is asked for.
const bytesToCompare = 1.5e9;

/** Looks into the data set of a role without training anything. A world is drawn on demand, so that only its tree counts. */
export async function checkRole(
  role: string,
  binding: Binding,
  { sample, onProgress }: CheckOptions,
): Promise<Checked> {
  const { dataset } = binding;
  if (binding.dataset === "world") {
    return {
      role,
      dataset,
      levels: countLevels(worldTree(binding.world)),
      problems: [],
      notes: [],
    };
  }
  try {
    using dataSet = await openDataSet(binding);
    const { hierarchy, unlabelled } = dataSet;
    if (hierarchy.leaves.length > 0) checkHierarchy(hierarchy, role);
    const counts = {
      ...dataSet.train.length > 0 && { train: countSplit(dataSet, "train") },
      ...dataSet.test.length > 0 && { test: countSplit(dataSet, "test") },
    };
    const pictures = await findBroken(dataSet, {
      sample,
      onProgress: (done, total) => onProgress("decoding", done, total),
    });
    const duplicates = await findDuplicates(dataSet, {
      bytes: Number.isFinite(sample) ? bytesToCompare : Infinity,
      onProgress: (done, total) => onProgress("comparing test with training images", done, total),
    });
    return {
      role,
      dataset,
      levels: countLevels(hierarchy),
      ...counts,
      ...unlabelled.length > 0 && { unlabelled: unlabelled.length },
      pictures,
      duplicates,
      problems: [
        ...classProblems("train", counts.train),
        ...classProblems("test", counts.test),
        ...pictureProblems(pictures),
        ...duplicateProblems(duplicates),
      ],
      notes: [
        ...dataSet.readAs ?? [],
        ...comparePublished(dataset, { train: dataSet.train.length, test: dataSet.test.length }),
        ...pretrainingNotes(dataSet),
      ],
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { role, dataset, problems: [messageOf(error)], notes: [] };
  }
}

/** What the data set cannot be used for, for want of labelled images. */
function pretrainingNotes({ train, test }: DataSet): readonly string[] {
  if (train.length === 0) {
    return ["no training image has a label: only simclr, moco and byol can use it"];
  }
  return test.length === 0
    ? ["there are no test images: methods can train on it, no probe can"]
    : [];
}

/** A split that is not there at all is no mistake. */
function classProblems(
  split: LabelledSplit,
  { without }: Pick<SplitCounts, "without"> = { without: [] },
): readonly string[] {
  if (without.length === 0) return [];
  return [`${classes(without.length)} without a ${split} image: ${firstOf(without)}`];
}

function pictureProblems({ broken }: Decoded): readonly string[] {
  if (broken.length === 0) return [];
  const named = broken.map(({ split, path, reason }) => `${split}: ${path} (${reason})`);
  return [`${broken.length} broken: ${firstOf(named)}`];
}

function duplicateProblems({ pairs }: Duplicates): readonly string[] {
  if (pairs.length === 0) return [];
  const named = pairs.map(({ train, test }) => `${test} is ${train}`);
  const tests = new Set(pairs.map(({ test }) => test)).size;
  const stand = tests === 1 ? "1 test image stands" : `${tests} test images stand`;
  return [`${stand} among the training images: ${firstOf(named)}`];
}

function classes(count: number): string {
  return count === 1 ? "1 class" : `${count} classes`;
}

/** The first few of many. */
function firstOf(names: readonly string[]): string {
  const more = names.length > 5 ? `, and ${names.length - 5} more` : "";
  return `${names.slice(0, 5).join(", ")}${more}`;
}
