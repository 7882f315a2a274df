import {
  type ChosenProbe,
  type Condition,
  corruptionName,
  type EncoderSpec,
  isFloor,
  networkName,
  type Role,
} from "@/dsl/mod.ts";
import { makeBuilder } from "@/lib/plan/builder.ts";
import { checkConditions, type CheckOptions } from "@/lib/plan/check.ts";
import type { Domains, PlanDomain } from "@/lib/plan/domains.ts";
import { addPictures, type Pictures } from "@/lib/plan/pictures.ts";
import type { PlannedCondition } from "@/lib/plan/planned_condition.ts";
import { type CorruptedRole, makePretraining } from "@/lib/plan/pretraining.ts";
import type { Step } from "@/lib/plan/step.ts";

/** All work that a set of conditions asks for, each distinct piece once. */
export interface Plan {
  /** Each step after all that it needs. */
  readonly steps: readonly Step[];
  readonly conditions: readonly PlannedCondition[];
  /** Key of the true classes of the test images of each role that is probed. */
  readonly testClasses: readonly { readonly role: Role; readonly key: string }[];
  readonly pictures: Pictures;
  /** The step that holds a sample of each corruption of each role. */
  readonly corruptions: readonly CorruptedRole[];
}

/**
 * Expands conditions into steps; equal work is one step.
 *
 * @param conditions What {@linkcode expand} of the DSL gives, of one experiment or several.
 * @param domains The data set of every role that they name.
 * @param options How conditions are told of that cannot be worked.
 * @returns The steps in an order in which they can be worked.
 * @throws {InputError} If a condition cannot be worked: see {@linkcode checkConditions}.
 */
export function plan(
  conditions: readonly Condition[],
  domains: Domains,
  options: CheckOptions = {},
): Plan {
  checkConditions(conditions, domains, options);
  const builder = makeBuilder(domains);
  const { pretrain, corruptions } = makePretraining(builder);
  const { add, ingest, subset, steps } = builder;

  /** The pack of a probe: the domain's, or all of it corrupted. */
  const corruptedAll = (pack: string, { corruption, labels }: Condition["probe"]) =>
    corruption.kind === "clean" ? pack : add(
      { kind: "corrupt", spec: { corruption }, needs: { images: pack } },
      `all of ${labels.role}, ${corruptionName(corruption)}`,
    );

  const planned = conditions.map((condition): PlannedCondition => {
    const { pixels, seed, probe, granularity } = condition;
    const { labels } = probe;
    const at = { pixels, seed, scale: condition.ownScale ? condition.scale : null };
    const clean = ingest(labels.role, pixels);
    const images = corruptedAll(clean, probe);
    const encoders = condition.encoders.map((encoder) =>
      isFloor(encoder.network)
        ? add(
          { kind: "features", spec: { floor: encoder.network }, needs: { images } },
          `${floorTitle(encoder)}: features of ${seenName(probe)}`,
        )
        : pretrain(encoder, at)
    );
    const about = `${condition.name}, seed ${seed}`;
    const featuresOf = (encoder: string) =>
      steps.get(encoder)!.kind === "features" ? encoder : add(
        { kind: "features", spec: {}, needs: { encoder, images } },
        `${steps.get(encoder)!.label}: features of ${seenName(probe)}`,
      );
    const probeKey = probe.kind === "finetune" || probe.kind === "scratch"
      ? add(
        // Training from scratch is the same, from an untrained encoder.
        {
          kind: "finetune",
          spec: { settings: probe.settings, seed },
          needs: { encoder: encoders[0]!, images, subset: subset(labels, at) },
        },
        about,
      )
      : add(
        {
          kind: "probe",
          spec: { ...featureProbe(probe), seed },
          needs: { features: encoders.map(featuresOf), images, subset: subset(labels, at) },
        },
        about,
      );
    const domain = domains.get(labels.role)!, levels = levelsOf(granularity, domain);
    const score = add(
      { kind: "score", spec: { levels }, needs: { probe: probeKey, images: clean } },
      about,
    );
    const coarsest = levels.findLast((level) => domain.dividedLevels.includes(level)) ?? null;
    return { condition, score, coarsest, probe: probeKey, encoders };
  });

  const probed = new Map(conditions.map(({ probe, pixels }) => [probe.labels.role, pixels]));
  const testClasses = [...probed].map(([role, pixels]) => ({
    role,
    key: add(
      { kind: "classes", spec: {}, needs: { images: ingest(role, pixels) } },
      `test classes of ${role}`,
    ),
  }));
  const pictures = addPictures(builder, planned);
  return {
    steps: [...steps.values()],
    conditions: planned,
    testClasses,
    pictures,
    corruptions: corruptions(),
  };
}

/** A floor in words: "pixels", "pixels, 8 x 8 pixels". */
function floorTitle({ method, network, ownNetwork }: EncoderSpec): string {
  return ownNetwork ? `${method}, ${networkName(network)}` : method;
}

/** The images of a probe in words: "objects", "objects, jpeg-30". */
function seenName({ labels, corruption }: Condition["probe"]): string {
  return corruption.kind === "clean"
    ? labels.role
    : `${labels.role}, ${corruptionName(corruption)}`;
}

/** A probe on features, the linear one told apart by how it is trained: to convergence, or by gradient descent. */
function featureProbe(probe: Extract<ChosenProbe, { readonly kind: "linear" | "knn" }>) {
  const { kind, settings } = probe;
  if (kind === "knn") return { probe: kind, settings };
  return "penalties" in settings
    ? { probe: kind, settings }
    : { probe: "sgd-linear" as const, settings };
}

/** The levels to score, the finest under the name `finest`. */
function levelsOf(
  granularity: Condition["granularity"],
  domain: PlanDomain,
): readonly string[] {
  const [first, ...coarser] = domain.levels;
  if (granularity === "finest") return ["finest"];
  if (granularity === "all") return ["finest", ...coarser];
  return granularity.map((level) => level === first ? "finest" : level);
}
