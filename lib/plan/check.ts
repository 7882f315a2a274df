import type { Amount, Condition, EncoderSpec } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import type { Domains } from "@/lib/plan/domains.ts";

/**
 * Refuses what cannot be worked, before anything runs.
 *
 * @throws {InputError} Names the experiment, the condition, the field with its value, and the remedy, if a role is bound
 * to no data set, a size is larger than its domain, the label tree lacks a level, or work of that name does not exist yet.
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
    for (const { field, value, works } of wanted(condition)) {
      if (!works.includes(value)) {
        throw new InputError(
          place,
          `${field} "${value}" can be declared but not run yet`,
          `Leave the condition out, or use ${works.map((one) => `"${one}"`).join(" or ")}`,
        );
      }
    }
    const amounts = [condition.probe.labels, ...condition.encoders.flatMap((one) => one.sources)];
    for (const amount of amounts) checkAmount(place, amount, condition, domains);
    checkLevels(place, condition, domains);
  }
}

/** A choice of a condition beside the choices that work today. */
interface Wanted {
  readonly field: string;
  readonly value: string;
  readonly works: readonly string[];
}

function wanted(condition: Condition): readonly Wanted[] {
  return [
    ...condition.encoders.flatMap(wantedOfEncoder),
    {
      field: "representation",
      value: condition.encoders.length > 1 ? "fusion" : "encoder",
      works: ["encoder"],
    },
    { field: "probe", value: condition.probe.kind, works: ["linear"] },
  ];
}

function wantedOfEncoder(encoder: EncoderSpec): readonly Wanted[] {
  const { training } = encoder;
  return [
    { field: "method", value: encoder.method, works: ["simclr", "supervised", "none"] },
    { field: "budget", value: encoder.budget, works: ["epochs"] },
    ...(training === null ? [] : [
      { field: "optimizer", value: training.optimizer.name, works: ["sgd", "lars", "adam"] },
      {
        field: "augmentation",
        value: training.augmentation.blur > 0 ? "blur" : "no blur",
        works: ["no blur"],
      },
    ]),
  ];
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
