import { resolve } from "node:path";
import { experimentOrder, experimentSteps } from "@/lib/cli/experiment_steps.ts";
import type { EngineOptions, StudyOptions } from "@/lib/cli/options.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { planForm, type PlanHead, type PlannedStep, writePlan } from "@/lib/run/mod.ts";
import { keepParts, type Store } from "@/lib/store/mod.ts";

/** By what a plan is made. */
export interface PlanOrigin {
  /** Ids of experiments, or `all`, as they were given. */
  readonly ids: readonly string[];
  readonly options: StudyOptions & Pick<EngineOptions, "backend" | "device" | "check">;
  /** The command that redoes the study. */
  readonly command: string;
  /** The folder of the code that its workers are to run. */
  readonly project: string;
}

/**
 * Writes a study's plan into the store, for workers anywhere: all its steps, those that are done too. It depends on what is
 * asked, on the code and on the data, and on nothing that is worked meanwhile.
 *
 * @returns Its id.
 */
export async function writeStudyPlan(study: Study, store: Store, by: PlanOrigin): Promise<string> {
  await keepParts(store, [...study.plan.steps.map(study.code.parts), ...study.identities]);
  return await writePlan(store, { head: headOf(study, by), steps: plannedSteps(study) });
}

function headOf(study: Study, { ids, options, command, project }: PlanOrigin): PlanHead {
  const { all, precision, data, encoders, allow, seeds, figures, untilDecided, maxSeeds, hours } =
    options;
  const { backend, device = null, check } = options;
  return {
    form: planForm,
    experiments: study.experiments.map(({ id, title }) => ({ id, title })),
    scale: study.scale.name,
    options: {
      ...{ ids, all, precision, allow, seeds, figures, untilDecided, maxSeeds, hours },
      data: data && resolve(data),
      encoders: encoders && resolve(encoders),
    },
    command,
    engine: { backend, device, check },
    trustCode: options.trustCode,
    world: study.world,
    bindings: Object.fromEntries(study.bindings),
    ...study.weights.size > 0 && { weights: Object.fromEntries(study.weights) },
    project,
  };
}

function* plannedSteps(study: Study): Generator<PlannedStep> {
  const { plan, model, bytes, memory, code } = study;
  // As if nothing were worked, so that the plan stays the same while it is.
  const places = experimentOrder(plan, model);
  const ofStep = new Map<Step["key"], number[]>();
  const stands = experimentSteps(plan);
  for (const [number, { id }] of study.experiments.entries()) {
    for (const key of stands.get(id) ?? []) {
      const of = ofStep.get(key) ?? [];
      ofStep.set(key, of);
      of.push(number);
    }
  }
  for (const step of plan.steps) {
    const { key } = step;
    yield {
      step,
      code: code(step),
      seconds: model.get(key)!,
      place: places.get(key) ?? 0,
      bytes: bytes.get(key)!,
      memory: memory.heldBy(step),
      of: ofStep.get(key) ?? [],
    };
  }
}
