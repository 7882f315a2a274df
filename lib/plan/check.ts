import type { Amount, Condition } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { Domains } from "@/lib/plan/domains.ts";

/**
 * Refuses what cannot be worked, before anything runs.
 *
 * @throws {InputError} Names the experiment, the condition, the field with its value, and the remedy, if a role is bound
 * to no data set, a size is larger than its domain, the label tree lacks a level, or a probe does not fit its
 * representation.
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
    const amounts = [condition.probe.labels, ...condition.encoders.flatMap((one) => one.sources)];
    for (const amount of amounts) checkAmount(place, amount, condition, domains);
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

function checkAmount(
  place: string,
  amount: Amount,
  condition: Condition,
  domains: Domains,
): void {
  const { role, size, images } = amount;
  const domain = domains.get(role);
  if (domain === undefined) {
    throw new InputError(
      place,
      `role "${role}" is bound to no data set`,
      `Add "${role}: { dataset: image-folder, path: … }" to the file given with --data`,
    );
  }
  if (images !== null && images > domain.trainImages) {
    throw new InputError(
      place,
      `size "${size}" of ${role} is ${images} images at scale "${condition.scale}", but ${domain.source} has ${domain.trainImages} training images`,
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
      `Choose among ${levels.join(", ")}`,
    );
  }
}
