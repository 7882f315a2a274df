import {
  type ChosenProbe,
  type Condition,
  corruptionName,
  type EncoderSpec,
  isFloor,
  type Network,
  networkName,
  type Outside,
  type Role,
} from "@/dsl/mod.ts";
import { makeBuilder } from "@/lib/plan/builder.ts";
import { checkConditions, type CheckOptions } from "@/lib/plan/check.ts";
import type { Domains, PlanDomain } from "@/lib/plan/domains.ts";
import { addPictures, type Pictures } from "@/lib/plan/pictures.ts";
import { noEncoders, withOutside } from "@/lib/plan/outside.ts";
import type { PlannedCondition } from "@/lib/plan/planned_condition.ts";
import { type CorruptedRole, makePretraining } from "@/lib/plan/pretraining.ts";
import type { Recipe, Step } from "@/lib/plan/step.ts";

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
    // An encoder from outside sees images at its own size; labels are read where the first encoder sees.
    const side = condition.encoders[0]!.outside?.pixels ?? pixels;
    const clean = ingest(labels.role, side);
    const images = corruptedAll(clean, probe);
    const seenBy = ({ outside }: EncoderSpec): string => {
      const own = outside?.pixels ?? pixels;
      return own === side ? images : corruptedAll(ingest(labels.role, own), probe);
    };
    const encoders = condition.encoders.map((encoder) =>
      isFloor(encoder.network)
        ? add(
          {
            kind: "features",
            spec: { floor: encoder.network },
            needs: { images: seenBy(encoder) },
          },
          `${floorTitle(encoder)}: features of ${seenName(probe)}`,
        )
        : encoder.outside === undefined
        ? pretrain(encoder, at)
        : add(importRecipe(encoder, encoder.outside), `${encoder.method} ${encoder.checkpoint}`)
    );
    const about = `${condition.name}, seed ${seed}`;
    const featuresOf = (encoder: string, i: number) => {
      if (steps.get(encoder)!.kind === "features") return encoder;
      const spec = condition.encoders[i]!, { outside } = spec;
      return add(
        {
          kind: "features",
          spec: outside === undefined ? {} : { normalisation: outside.normalisation },
          needs: { encoder, images: seenBy(spec) },
        },
        `${steps.get(encoder)!.label}: features of ${seenName(probe)}`,
      );
    };
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
          needs: {
            features: encoders.map(featuresOf),
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

/** The step that reads an encoder from outside: of which file, is all that its key rests on. */
function importRecipe(
  { network }: EncoderSpec,
  { sha256, layout }: Outside,
): Recipe<"import"> {
  const spec = { sha256, network: network as Network, ...layout !== undefined && { layout } };
  return { kind: "import", spec, needs: {} };
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
