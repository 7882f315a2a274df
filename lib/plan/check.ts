import { type Amount, type Condition, needsLabels, unlabelledMethods } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { type Domains, type PlanDomain, usesUnlabelled } from "@/lib/plan/domains.ts";

/**
 * Refuses what cannot be worked, before anything runs.
 *
 * @throws {InputError} Names the experiment, the condition, the field with its value, and the remedy, if a role is bound
 * to no data set or to one without the labels that are needed, a size is larger than its domain, the label tree lacks a
 * level, or a probe does not fit its representation.
 */
export function checkConditions(conditions: readonly Condition[], domains: Domains): void {
  if (conditions.length === 0) {
    throw new InputError(
      "Plan",
      "there is no condition to work",
      "Name an experiment with a trial",
    );
  }
  for (const condition of conditions) {
    const place = `Experiment "${condition.experiment}", condition "${condition.name}"`;
    checkProbe(place, condition);
    for (const need of needsOf(condition, domains)) checkNeed(place, need, condition);
    checkLevels(place, condition, domains);
  }
}

/** Refuses probes that make no sense of their representation. */
function checkProbe(place: string, { encoders, probe }: Condition): void {
  const trainsAll = probe.kind === "finetune" || probe.kind === "scratch";
  if (trainsAll && encoders.length > 1) {
    throw new InputError(
      place,
      `the probe "${probe.kind}" trains one network, and ${encoders.length} are fused`,
      'Use "linear" or "knn" for a fusion',
    );
  }
  if (probe.kind === "scratch" && encoders.some(({ method }) => method !== "none")) {
    throw new InputError(
      place,
      `the probe "scratch" begins with initial weights, and the encoder is "${
        encoders[0]!.method
      }"`,
      "Use untrained() with scratch(), or finetune() for this encoder",
    );
  }
}

/** What a condition wants of a domain. */
interface Need {
  readonly amount: Amount;
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

function checkNeed(place: string, need: Need, { scale }: Condition): void {
  const { amount: { role, size, images }, domain, by, splits, unlabelled, remedy } = need;
  if (domain === undefined) {
    throw new InputError(
      place,
      `role "${role}" is bound to no data set`,
      `Add "${role}: { dataset: image-folder, path: … }" to the file given with --data`,
    );
  }
  const { trainImages, testImages, unlabelledImages, source } = domain;
  const counts = { train: trainImages, test: testImages };
  if (splits.some((split) => counts[split] === 0)) {
    const needed = splits.map((split) => split === "train" ? "training" : "test").join(" and ");
    throw new InputError(
      place,
      `${by} needs ${needed} images with labels, and ${role} (${source}) has ${trainImages} training images, ${testImages} test images and ${unlabelledImages} images without labels`,
      remedy,
    );
  }
  const usable = trainImages + (unlabelled ? unlabelledImages : 0);
  if ((images ?? usable) < 2) {
    throw new InputError(
      place,
      `size "${size}" of ${role} is ${images ?? usable} image(s)`,
      "Nothing can be learnt from fewer than 2: bind a larger data set, or choose a larger size or scale",
    );
  }
  if (images !== null && images > usable) {
    const found = unlabelled
      ? `${usable} images for ${by}: ${trainImages} training images and ${unlabelledImages} without labels`
      : `${usable} training images`;
    throw new InputError(
      place,
      `size "${size}" of ${role} is ${images} images at scale "${scale}", but ${source} has ${found}`,
      "Bind a larger data set, or choose a smaller size or scale",
    );
  }
}

function checkLevels(place: string, condition: Condition, domains: Domains): void {
  const { granularity, probe } = condition;
  if (granularity === "finest" || granularity === "all") return;
  const { levels, source } = domains.get(probe.labels.role)!;
  const absent = granularity.find((level) => level !== "finest" && !levels.includes(level));
  if (absent !== undefined) {
    throw new InputError(
      place,
      `level "${absent}" is not in the label tree of ${source}`,
      `${didYouMean(absent, levels)}Choose among ${levels.join(", ")}`,
    );
  }
}
