import { InputError, messageOf } from "@/lib/base/errors.ts";
import { type Decoded, findBroken } from "@/lib/cli/data_broken.ts";
import { comparePublished } from "@/lib/cli/data_published.ts";
import {
  type Binding,
  checkHierarchy,
  countLevels,
  countSplit,
  emptyReason,
  filesFacts,
  type Finding,
  firstOf,
  type LevelCount,
  openDataSet,
  type SplitCounts,
} from "@/lib/data/mod.ts";

/** What was found out about the data set of a role. */
export interface Checked {
  readonly role: string;
  readonly dataset: string;
  /** Why it cannot be used as it is, a sentence each; none if nothing is wrong but perhaps `findings`. */
  readonly problems: readonly string[];
  /** What is wrong with it and can be let pass. */
  readonly findings: readonly Finding[];
  /** What is worth knowing and may be meant. */
  readonly notes: readonly string[];
  readonly levels?: readonly LevelCount[];
  /** Absent where the data set has no such image, as is `test`. */
  readonly train?: SplitCounts;
  readonly test?: SplitCounts;
  /** How many images without labels it has; absent where it has none. */
  readonly unlabelled?: number;
  readonly pictures?: Decoded;
}

/** How a data set is looked into. */
export interface CheckOptions {
  /** The most images decoded of each split; `Infinity` for all. */
  readonly sample: number;
  /** The folder that remembers what was read. */
  readonly memo: string;
  /** Tells how far it is. */
  readonly onProgress: (what: string, done: number, total: number) => void;
}

/**
 * Looks into the data set of a role without training anything: the findings are those of planning, and some images are
 * decoded. A world is drawn on demand, so that only its tree counts.
 */
export async function checkRole(
  role: string,
  binding: Binding,
  { sample, memo, onProgress }: CheckOptions,
): Promise<Checked> {
  const { dataset } = binding;
  if (binding.dataset === "world") {
    using world = await openDataSet(binding);
    return {
      role,
      dataset,
      levels: countLevels(world.hierarchy),
      problems: [],
      findings: [],
      notes: [],
    };
  }
  try {
    const { findings, notes } = await filesFacts(binding, {
      memo,
      onProgress: (done, total) => onProgress("reading", done, total),
    });
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
    return {
      role,
      dataset,
      levels: countLevels(hierarchy),
      ...counts,
      ...unlabelled.length > 0 && { unlabelled: unlabelled.length },
      pictures,
      problems: pictureProblems(pictures),
      findings,
      notes: [
        ...notes,
        ...comparePublished(dataset, { train: dataSet.train.length, test: dataSet.test.length }),
      ],
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { role, dataset, problems: [messageOf(error)], findings: [], notes: [] };
  }
}

function pictureProblems({ broken }: Decoded): readonly string[] {
  // Empty files are a finding already.
  const others = broken.filter(({ reason }) => reason !== emptyReason);
  if (others.length === 0) return [];
  const named = others.map(({ split, path, reason }) => `${split}: ${path} (${reason})`);
  return [`${others.length} broken: ${firstOf(named)}`];
}
