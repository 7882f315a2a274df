import {
  type Amount,
  type ClassAmount,
  type Condition,
  isCheckpoint,
  isFloor,
  isOwnSize,
  isTraining,
  needsLabels,
  type Training,
  unlabelledMethods,
} from "@/dsl/mod.ts";
import { InputError, refuse } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { plural } from "@/lib/base/plural.ts";
import { floorLength, sideSeen } from "@/lib/network/mod.ts";
import { type Domains, type PlanDomain, usesUnlabelled } from "@/lib/plan/domains.ts";
import { noEncoders, type PlanEncoders } from "@/lib/plan/outside.ts";

/** What conditions may name beside roles, and how they are told of. */
export interface CheckOptions {
  /** Default: none. */
  readonly encoders?: PlanEncoders;
  /** Where a condition was declared, such as `experiments/mine.ts:12`; by default its experiment. */
  readonly placeOf?: (condition: Condition) => string;
}

/**
 * Refuses what cannot be worked, before anything runs, for all reasons at once.
 *
 * @throws {InputError | InputErrors} Each names where it is declared, the condition, the field with its value, and the remedy: a
 * role that is bound to no data set or to one without the labels that are needed, a size larger than its domain, a level that
 * the label tree lacks, a probe that does not fit its representation or its scale.
 */
export function checkConditions(
  conditions: readonly Condition[],
  domains: Domains,
  { placeOf = ({ experiment }) => `Experiment "${experiment}"`, encoders = noEncoders }:
    CheckOptions = {},
): void {
  if (conditions.length === 0) {
    throw new InputError(
      "Plan",
      "there is no condition to run",
      "Name an experiment with a trial",
    );
  }
  // What is wrong with a role is wrong with every condition that uses it, at every seed.
  const found = new Map<string, { readonly one: Problem; readonly of: Map<string, Condition> }>();
  for (const condition of conditions) {
    for (const one of problemsOf(condition, { domains, encoders })) {
      const same = `${one.problem}. ${one.remedy}`;
      const { of } = found.get(same) ?? found.set(same, { one, of: new Map() }).get(same)!;
      const name = `${condition.experiment} ${condition.name}`;
      if (!of.has(name)) of.set(name, condition);
    }
  }
  refuse([...found.values()].map(({ one: { problem, remedy }, of }) => {
    const [first] = of.values(), more = of.size === 1 ? "" : ` and ${of.size - 1} more`;
    return new InputError(
      `${placeOf(first!)}: condition "${first!.name}"${more}`,
      problem,
      remedy,
    );
  }));
}

/** What is wrong with a condition. */
type Problem = Pick<InputError, "problem" | "remedy">;

function* problemsOf(
  condition: Condition,
  { domains, encoders }: { readonly domains: Domains; readonly encoders: PlanEncoders },
): Generator<Problem> {
  yield* checkpointProblems(condition, encoders);
  yield* probeProblems(condition);
  yield* patchProblems(condition);
  yield* floorProblems(condition);
  for (const need of needsOf(condition, domains)) {
    const wrong = needProblem(need, condition);
    if (wrong !== undefined) yield wrong;
  }
  yield* levelProblems(condition, domains);
}

/** Encoders from outside that no file names. */
function* checkpointProblems(
  { encoders }: Condition,
  { file, names }: PlanEncoders,
): Generator<Problem> {
  for (const { network } of encoders) {
    if (!isCheckpoint(network)) continue;
    yield file === undefined
      ? {
        problem: `checkpoint("${network.name}") is named by no file, for there is no encoders.yaml`,
        remedy:
          `Write "${network.name}: { path: …, architecture: …, normalisation: … }" into an encoders.yaml beside data.yaml, or name another file with --encoders`,
      }
      : {
        problem: `${file} names no encoder "${network.name}"`,
        remedy: `${didYouMean(network.name, names)}${
          names.length === 0 ? "Add it" : `It has ${names.join(", ")}: choose one, or add it`
        }`,
      };
  }
}

/** Probes that make no sense of their representation or at their scale. */
function* probeProblems({ encoders, probe, scale }: Condition): Generator<Problem> {
  // Of the two ways to train a linear probe, a scale has the settings of one.
  if (probe.kind === "linear" && "penalties" in probe.settings && "epochs" in probe.settings) {
    yield {
      problem: `the probe "linear" at scale "${scale}" has no such setting: ${probe.changes.text}`,
      remedy:
        "Change penalties, penaltyLimits or heldOut where the scale solves it to convergence; epochs, batch, learningRate, momentum or weightDecay where the scale trains it by gradient descent",
    };
  }
  const trainsAll = probe.kind === "finetune" || probe.kind === "scratch";
  const floor = encoders.find(({ network }) => isFloor(network));
  if (trainsAll && floor !== undefined) {
    yield {
      problem: `the probe "${probe.kind}" trains a network, but "${floor.method}" has none`,
      remedy: 'Use "linear" or "knn" for it',
    };
  }
  if (trainsAll && encoders.length > 1) {
    yield {
      problem: `the probe "${probe.kind}" trains one network, but ${encoders.length} are fused`,
      remedy: 'Use "linear" or "knn" for a fusion',
    };
  }
  const pretrained = encoders.find(({ method, checkpoint }) =>
    isTraining(method) || checkpoint !== undefined
  );
  if (probe.kind === "scratch" && pretrained !== undefined) {
    yield {
      problem: `the probe "scratch" begins with initial weights, but the encoder is "${
        pretrained.checkpoint ?? pretrained.method
      }"`,
      remedy: "Use untrained() with scratch(), or finetune() for this encoder",
    };
  }
}

/** Images that are smaller than a patch of the network that sees them. */
function* patchProblems({ encoders, probe, pixels }: Condition): Generator<Problem> {
  const views = "views" in probe.settings
    ? [probe.settings.wholePixels, ...sidesOf(probe.settings)]
    : [];
  for (const { network, training, outside } of encoders) {
    if (network.family !== "vit") continue;
    const least = Math.min(
      outside?.pixels ?? pixels,
      ...views,
      ...training === null ? [] : sidesOf(training),
    );
    if (least < network.patch) {
      yield {
        problem: `a network with patches of ${network.patch} px sees images of ${least} px`,
        remedy: "Choose a larger scale, larger views, or another network",
      };
    }
  }
}

function sidesOf({ views }: Pick<Training, "views">): readonly number[] {
  return views.map(({ augmentation }) => augmentation.pixels);
}

/** Images that are too small for a floor to make a number of. */
function* floorProblems({ encoders, pixels }: Condition): Generator<Problem> {
  for (const { network } of encoders) {
    if (network.family !== "gradients" || floorLength(network, pixels) > 0) continue;
    const { cell, block, side } = network;
    yield {
      problem: `gradients with blocks of ${block} cells of ${cell} px need ${
        block * cell
      } px, but see images of ${sideSeen(network, pixels)} px`,
      remedy: side < block * cell
        ? "Give a larger side, or smaller cells or blocks"
        : "Choose a larger scale, or smaller cells or blocks",
    };
  }
}

/** What a condition wants of a domain. */
interface Need {
  readonly amount: Amount | ClassAmount;
  readonly domain: PlanDomain | undefined;
  /** What wants it, for the message. */
  readonly by: string;
  /** The splits that it cannot do without. */
  readonly splits: readonly ("train" | "test")[];
  /** Whether images without labels serve it too. */
  readonly unlabelled: boolean;
  readonly remedy: string;
}

// "a, b or c".
const anyOf = new Intl.ListFormat("en-GB", { type: "disjunction" });

function needsOf({ probe, encoders }: Condition, domains: Domains): readonly Need[] {
  const labels: Need = {
    amount: probe.labels,
    domain: domains.get(probe.labels.role),
    by: `the probe "${probe.kind}"`,
    splits: ["train", "test"],
    unlabelled: false,
    remedy: "Probe a role that has both, or add them to its data set",
  };
  const sources = encoders.flatMap(({ method, sources }) =>
    sources.map((amount): Need => {
      const domain = domains.get(amount.role);
      return {
        amount,
        domain,
        by: `the method "${method}"`,
        splits: needsLabels(method) ? ["train"] : [],
        unlabelled: domain !== undefined && usesUnlabelled(method, domain),
        remedy: `Use ${anyOf.format(unlabelledMethods)}, which need no labels, or another role`,
      };
    })
  );
  return [labels, ...sources];
}

/** The first thing that is wrong with a need, on which hangs what would follow. */
function needProblem(need: Need, { scale }: Condition): Problem | undefined {
  const { amount: { role, size }, domain, by, splits, unlabelled, remedy } = need;
  const images = "images" in need.amount ? need.amount.images : null;
  if (domain === undefined) {
    return {
      problem: `role "${role}" is bound to no data set`,
      remedy:
        `Add "${role}: { dataset: image-folder, path: … }" to data.yaml, or to the file given with --data`,
    };
  }
  const { trainImages, testImages, unlabelledImages, source } = domain;
  const counts = { train: trainImages, test: testImages };
  if (splits.some((split) => counts[split] === 0)) {
    const needed = splits.map((split) => split === "train" ? "training" : "test").join(" and ");
    return {
      problem:
        `${by} needs ${needed} images with labels, but ${role} (${source}) has ${trainImages} training images, ${testImages} test images and ${unlabelledImages} images without labels`,
      remedy,
    };
  }
  const usable = trainImages + (unlabelled ? unlabelledImages : 0);
  if ((images ?? usable) < 2) {
    return {
      problem: `size "${size}" of ${role} is ${plural(images ?? usable, "image")}`,
      remedy: "At least 2 are needed: bind a larger data set, or choose a larger size or scale",
    };
  }
  if (images !== null && images > usable) {
    const found = unlabelled
      ? `${usable} images for ${by}: ${trainImages} training images and ${unlabelledImages} without labels`
      : `${usable} training images`;
    return {
      problem: isOwnSize(size)
        ? `${size} of ${role} are wanted, but ${source} has ${found}`
        : `size "${size}" of ${role} is ${images} images at scale "${scale}", but ${source} has ${found}`,
      remedy: "Bind a larger data set, or choose a smaller size or scale",
    };
  }
  return undefined;
}

/** The levels that the label tree lacks. */
function* levelProblems(condition: Condition, domains: Domains): Generator<Problem> {
  const { granularity, probe } = condition;
  const domain = domains.get(probe.labels.role);
  if (granularity === "finest" || granularity === "all" || domain === undefined) return;
  const { levels, source } = domain;
  for (const level of granularity) {
    if (level === "finest" || levels.includes(level)) continue;
    yield {
      problem: `level "${level}" is not in the label tree of ${source}`,
      remedy: `${didYouMean(level, levels)}Choose among ${levels.join(", ")}`,
    };
  }
}
