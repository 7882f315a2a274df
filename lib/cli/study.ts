import { expand, type Experiment, type Role, type Scale, scaleOf } from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import {
  bind,
  type Binding,
  type DomainFacts,
  domainFacts,
  type WorldSize,
} from "@/lib/data/mod.ts";
import {
  expectedBytes,
  expectedSeconds,
  type Forecast,
  forecast,
  type Plan,
  plan,
  type PlanDomain,
} from "@/lib/plan/mod.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { fingerprints, machineFacts } from "@/lib/run/mod.ts";
import { type FoundStore, statusOf, type StatusOptions, type StepStatus } from "@/lib/store/mod.ts";

/** Everything that a command knows before it does anything. */
export interface Study {
  readonly experiments: readonly Experiment[];
  readonly scale: Scale;
  readonly domains: ReadonlyMap<Role, PlanDomain & { readonly dataset: string }>;
  /** The data set of each identity. */
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly world: WorldSize;
  readonly plan: Plan;
  readonly store: FoundStore;
  readonly code: StatusOptions["code"];
  readonly status: ReadonlyMap<string, StepStatus>;
  /** What each step is expected to take on one core. */
  readonly expected: Forecast;
  /** Expected bytes of each step in the store. */
  readonly bytes: ReadonlyMap<string, number>;
}

/**
 * Reads the declarations, the data sets' listings and the store, and plans.
 *
 * @param ids Ids of experiments, or `all`.
 * @param options `root` is the project's folder; `open` opens the store, to read it or to write into it.
 * @throws {InputError} If an id is unknown, a data set cannot be used, or a condition cannot be worked.
 */
export async function prepareStudy(
  ids: readonly string[],
  options: StudyOptions,
  { root, open }: {
    readonly root: string;
    readonly open: (folder: string) => Promise<FoundStore>;
  },
): Promise<Study> {
  const chosen = choose(ids);
  const { precision } = options;
  const scale = scaleOf(options.scale, precision === undefined ? {} : { precision });
  const conditions = chosen.flatMap((experiment) =>
    expand(experiment, scale, options.seeds === undefined ? {} : { seeds: options.seeds })
  );
  const [store, code] = await Promise.all([open(options.store), fingerprints(root)]);
  const world = { ...scale.world, seed: 0 };
  const roles = new Set(conditions.flatMap(({ probe, encoders }) => [
    probe.labels.role,
    ...encoders.flatMap((encoder) => encoder.sources.map((source) => source.role)),
  ]));
  const domains = new Map<Role, PlanDomain & { dataset: string }>();
  const bindings = new Map<string, Binding>();
  const bound = await bind(options.data);
  for (const role of roles) {
    const binding = bound[role];
    // The planner names the condition that wants it.
    if (binding === undefined) continue;
    const memo = store.made ? `${store.root}/memo` : null;
    const facts = await domainFacts(binding, { world, memo });
    domains.set(role, planDomain(facts));
    bindings.set(facts.id, binding);
  }
  const planned = plan(conditions, domains);
  const status = await statusOf(planned.steps, store, { code, trustCode: options.trustCode });
  const sizes = new Map([...domains.values()].map((domain) => [domain.id, domain]));
  const model = expectedSeconds(planned.steps, sizes);
  const expected = forecast(planned.steps, { model, past: await pastOf(status) });
  return {
    experiments: chosen,
    scale,
    domains,
    bindings,
    world,
    plan: planned,
    store,
    code,
    status,
    expected,
    bytes: expectedBytes(planned.steps, sizes),
  };
}

/** What steps took on machines with this one's processor. */
async function pastOf(
  status: ReadonlyMap<string, StepStatus>,
): Promise<ReadonlyMap<string, number>> {
  const { processor, cores } = await machineFacts();
  const worked = [...status].flatMap(([key, { made }]) =>
    made?.machine.processor === processor && made?.machine.cores === cores
      ? [[key, made!.seconds] as const]
      : []
  );
  return new Map(worked);
}

function planDomain(facts: DomainFacts): PlanDomain & { dataset: string } {
  const { id, source, dataset, trainImages, testImages, hierarchy } = facts;
  return { id, source, dataset, trainImages, testImages, levels: hierarchy.levels };
}

function choose(ids: readonly string[]): readonly Experiment[] {
  const known = experiments;
  const chosen = ids.flatMap((id) => {
    if (id === "all") return experiments;
    const found = known.find((experiment) => experiment.id === id);
    if (found === undefined) {
      throw new InputError(
        "Command line",
        `experiment "${id}" is not known`,
        `Choose among ${["all", ...known.map((one) => one.id)].join(", ")}`,
      );
    }
    return [found];
  });
  return [...new Set(chosen)];
}
