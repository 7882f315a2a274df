import {
  type ChosenProbe,
  type Condition,
  corruptionName,
  type EncoderSpec,
  type Floor,
  isFloor,
  type Network,
  networkName,
  type Role,
} from "@/dsl/mod.ts";
import { makeBuilder } from "@/lib/plan/builder.ts";
import { checkConditions, type CheckOptions } from "@/lib/plan/check.ts";
import type { Domains, PlanDomain } from "@/lib/plan/domains.ts";
import { addPictures, type Pictures } from "@/lib/plan/pictures.ts";
import { importRecipe, noEncoders, withOutside } from "@/lib/plan/outside.ts";
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
 * @param asked What {@linkcode expand} of the DSL gives, of one experiment or several.
 * @param domains The data set of every role that they name.
 * @param options The encoders from outside that they may name, and how conditions are told of that cannot be worked.
 * @returns The steps in an order in which they can be worked.
 * @throws {InputError} If a condition cannot be worked: see {@linkcode checkConditions}.
 */
export function plan(
  asked: readonly Condition[],
  domains: Domains,
  options: CheckOptions = {},
): Plan {
  const conditions = withOutside(asked, options.encoders ?? noEncoders);
  checkConditions(conditions, domains, options);
  const builder = makeBuilder(domains);
  const { pretrain, corruptions } = makePretraining(builder);
  const { add, ingest, subset, steps } = builder;

  /** The packs of a probe, to train on and to test on: the domain's, all of it corrupted, or its test images alone. */
  const seenPacks = (pack: string, { corruption: seen, labels }: Condition["probe"]) => {
    if (seen.kind === "clean") return { images: pack, tested: pack };
    const { only: split, ...corruption } = seen;
    const part = split === undefined ? "all" : "test images";
    const made = add(
      {
        kind: "corrupt",
        spec: { corruption, ...split !== undefined && { split } },
        needs: { images: pack },
      },
      `${part} of ${labels.role}, ${corruptionName(corruption)}`,
    );
    return { images: split === undefined ? made : pack, tested: made };
  };

  const planned = conditions.map((condition): PlannedCondition => {
    const { pixels, seed, probe, granularity } = condition;
    const { labels } = probe;
    const at = { pixels, seed, scale: condition.ownScale ? condition.scale : null };
    // An encoder from outside sees images at its own size; labels are read where the first encoder sees.
    const sideOf = ({ outside }: EncoderSpec) => outside?.pixels ?? pixels;
    const packsOf = (encoder: EncoderSpec) =>
      seenPacks(ingest(labels.role, sideOf(encoder)), probe);
    const [first] = condition.encoders, side = sideOf(first!);
    const clean = ingest(labels.role, side);
    const { images, tested } = packsOf(first!);
    const nameIn = {
      images: images === clean ? labels.role : seenName(probe),
      tested: seenName(probe),
    };
    const floorFeatures = (floor: Floor, encoder: EncoderSpec, seen: Seen) =>
      add(
        { kind: "features", spec: { floor }, needs: { images: packsOf(encoder)[seen] } },
        `${floorTitle(encoder)}: features of ${nameIn[seen]}`,
      );
    const encoders = condition.encoders.map((encoder) =>
      isFloor(encoder.network)
        ? floorFeatures(encoder.network, encoder, "images")
        : encoder.outside === undefined
        ? pretrain(encoder, at)
        : add(
          importRecipe(encoder.network as Network, encoder.outside),
          `${encoder.method} ${encoder.checkpoint}`,
        )
    );
    const about = `${condition.name}, seed ${seed}`;
    const featuresOf = (seen: Seen) =>
      condition.encoders.map((encoder, i) => {
        const { network, outside } = encoder, key = encoders[i]!;
        return isFloor(network) ? floorFeatures(network, encoder, seen) : add(
          {
            kind: "features",
            spec: outside === undefined ? {} : { normalisation: outside.normalisation },
            needs: { encoder: key, images: packsOf(encoder)[seen] },
          },
          `${steps.get(key)!.label}: features of ${nameIn[seen]}`,
        );
      });
    const probeKey = probe.kind === "finetune" || probe.kind === "scratch"
      ? add(
        // Training from scratch is the same, from an untrained encoder.
        {
          kind: "finetune",
          spec: {
            settings: probe.settings,
            seed,
            ...first!.outside && { normalisation: first!.outside.normalisation },
          },
          needs: {
            encoder: encoders[0]!,
            images,
            subset: subset(labels, { ...at, pixels: side }),
          },
        },
        about,
      )
      : add(
        {
          kind: "probe",
          spec: { ...featureProbe(probe), seed },
          needs: {
            features: featuresOf("images"),
            tested: tested === images ? [] : featuresOf("tested"),
            images,
            subset: subset(labels, { ...at, pixels: side }),
          },
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

/** Which of the two packs that a probe sees: that to train on, or that to test on. */
type Seen = "images" | "tested";

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
