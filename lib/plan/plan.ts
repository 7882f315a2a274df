import type { Amount, Condition, EncoderSpec, Role } from "@/dsl/mod.ts";
import type { Json } from "@/lib/base/canonical_json.ts";
import { checkConditions } from "@/lib/plan/check.ts";
import type { Domains, PlanDomain } from "@/lib/plan/domains.ts";
import { makeStep, type Recipe, type Step } from "@/lib/plan/step.ts";

/** A condition and the steps at which its results stand. */
export interface PlannedCondition {
  readonly condition: Condition;
  /** Key of the `score` step. */
  readonly score: string;
  /** Key of the `probe` step, which holds a prediction for every test image. */
  readonly probe: string;
  /** Keys of the `pretrain` steps. */
  readonly encoders: readonly string[];
}

/** All work that a set of conditions asks for, each distinct piece once. */
export interface Plan {
  /** Each step after all that it needs. */
  readonly steps: readonly Step[];
  readonly conditions: readonly PlannedCondition[];
  /** Key of the contact sheet of each role in use. */
  readonly sheets: readonly { readonly role: Role; readonly key: string }[];
}

/**
 * Expands conditions into steps; equal work is one step.
 *
 * @param conditions What {@linkcode expand} of the DSL gives, of one experiment or several.
 * @param domains The data set of every role that they name.
 * @returns The steps in an order in which they can be worked.
 * @throws {InputError} If a condition cannot be worked: see {@linkcode checkConditions}.
 */
export function plan(conditions: readonly Condition[], domains: Domains): Plan {
  checkConditions(conditions, domains);
  const steps = new Map<string, Step>();
  const add = (recipe: Recipe, label: string): string => {
    const step = makeStep(recipe, label);
    // The first comer's label stays: the work is the same.
    if (!steps.has(step.key)) steps.set(step.key, step);
    return step.key;
  };

  const ingest = (role: Role, pixels: number): string => {
    const { id } = domains.get(role)!;
    return add(
      { kind: "ingest", spec: { dataset: id, pixels }, needs: {} },
      `${role} at ${pixels} px`,
    );
  };
  const subset = (amount: Amount, pixels: number, seed: number): string => {
    const images = ingest(amount.role, pixels);
    // All images are the same images at every seed; ingest may yet skip a broken one, so they are not counted here.
    const spec = amount.images === null ? { size: null } : { size: amount.images, seed };
    return add(
      { kind: "subset", spec, needs: { images } },
      `${amount.role} (${amount.size}), seed ${seed}`,
    );
  };
  const pretrain = (encoder: EncoderSpec, pixels: number, seed: number): string => {
    const { method, network, training, corruption, budget, sources } = encoder;
    const source = sources[0];
    if (source === undefined) {
      return add(
        { kind: "pretrain", spec: { method, network: json(network), seed }, needs: {} },
        `untrained, seed ${seed}`,
      );
    }
    const spec = {
      method,
      network: json(network),
      training: json(training),
      corruption: json(corruption),
      budget,
      seed,
    };
    const needs = {
      images: ingest(source.role, pixels),
      subset: subset(source, pixels, seed),
    };
    return add(
      { kind: "pretrain", spec, needs },
      `${method} on ${source.role} (${source.size}), seed ${seed}`,
    );
  };

  const planned = conditions.map((condition): PlannedCondition => {
    const { pixels, seed, probe, granularity } = condition;
    const { labels } = probe;
    const images = ingest(labels.role, pixels);
    const encoders = condition.encoders.map((encoder) => pretrain(encoder, pixels, seed));
    const features = encoders.map((encoder) =>
      add(
        { kind: "features", spec: {}, needs: { encoder, images } },
        `${steps.get(encoder)!.label}: features of ${labels.role}`,
      )
    );
    const about = `${condition.name}, seed ${seed}`;
    const probeKey = add({
      kind: "probe",
      spec: { probe: probe.kind, settings: json(probe.linear), seed },
      needs: { features: features[0]!, images, subset: subset(labels, pixels, seed) },
    }, about);
    const levels = levelsOf(granularity, domains.get(labels.role)!);
    const score = add(
      { kind: "score", spec: { levels }, needs: { probe: probeKey, images } },
      about,
    );
    return { condition, score, probe: probeKey, encoders };
  });

  const roles = new Map<Role, number>();
  for (const { probe, encoders, pixels } of conditions) {
    for (const { role } of [probe.labels, ...encoders.flatMap((one) => one.sources)]) {
      roles.set(role, pixels);
    }
  }
  const sheets = [...roles].map(([role, pixels]) => ({
    role,
    key: add(
      {
        kind: "sheet",
        spec: { rows: 6, columns: 12 },
        needs: { images: ingest(role, pixels) },
      },
      `contact sheet of ${role}`,
    ),
  }));
  return { steps: [...steps.values()], conditions: planned, sheets };
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

/** Plain data of the DSL as JSON; its interfaces have no index signature, so the compiler needs to be told. */
function json(value: object | null): Json {
  return value as Json;
}
