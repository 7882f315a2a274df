import { refuse } from "@/lib/base/errors.ts";
import { forcedSteps } from "@/lib/cli/forced_steps.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { type Draft, draftStudy, type StudyPlace } from "@/lib/cli/study_draft.ts";
import {
  expectedBytes,
  expectedSeconds,
  type Forecast,
  forecast,
  type MemoryModel,
  memoryModel,
  type Plan,
  plan,
  type UnderWay,
} from "@/lib/plan/mod.ts";
import { levelMistakes, plannedSubjects } from "@/lib/results/mod.ts";
import { machineFacts, underWayOf } from "@/lib/run/mod.ts";
import { statusOf, type StepStatus } from "@/lib/store/mod.ts";

/** Everything that a command knows before it does anything. */
export interface Study extends Omit<Draft, "conditions" | "placeOf" | "placeOfPart"> {
  readonly plan: Plan;
  readonly status: ReadonlyMap<string, StepStatus>;
  /** Keys of steps that are to be worked though they are fresh. */
  readonly forced: ReadonlySet<string>;
  /** Of the steps to work those of which a checkpoint is kept. */
  readonly underWay: ReadonlyMap<string, UnderWay>;
  /** Expected seconds of each step as a whole on one core, by the cost model alone. */
  readonly model: ReadonlyMap<string, number>;
  /** What is left of each step is expected to take so long on one core. */
  readonly expected: Forecast;
  /** Expected bytes of each step in the store. */
  readonly bytes: ReadonlyMap<string, number>;
  /** Expected bytes of each step in memory. */
  readonly memory: MemoryModel;
}

/**
 * Reads the declarations, the data sets' listings and the store, and plans.
 *
 * @param ids Ids of experiments, or `all`.
 * @throws {InputError | InputErrors} As {@linkcode draftStudy} does, and if conditions cannot be worked or
 * selections name levels that their data do not have.
 */
export async function prepareStudy(
  ids: readonly string[],
  options: StudyOptions,
  at: StudyPlace,
): Promise<Study> {
  const { conditions, placeOf, placeOfPart, ...draft } = await draftStudy(ids, options, at);
  const { domains, encoders, store, code } = draft;
  const planned = plan(conditions, domains, { placeOf, encoders });
  refuse(draft.experiments.flatMap((experiment) =>
    levelMistakes(
      experiment,
      plannedSubjects(planned, experiment.id),
      (part) => placeOfPart(experiment, part),
    )
  ));
  const forced = forcedSteps(planned, options.force);
  const status = await statusOf(planned.steps, store, {
    ...{ code, trustCode: options.trustCode, forced },
  });
  const sizes = new Map([...domains.values()].map((domain) => [domain.id, domain]));
  const model = expectedSeconds(planned.steps, sizes);
  const toWork = planned.steps.filter(({ key }) => status.get(key)!.freshness !== "cached");
  const underWay = await underWayOf(toWork, store, { code });
  const expected = forecast(planned.steps, { model, past: await pastOf(status), done: underWay });
  return {
    ...draft,
    plan: planned,
    status,
    forced,
    underWay,
    model,
    expected,
    bytes: expectedBytes(planned.steps, sizes),
    memory: memoryModel(planned.steps, sizes),
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
