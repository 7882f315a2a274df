import { type Condition, expand, type Experiment, scaleOf } from "@/dsl/mod.ts";
import { InputError, inputErrorsIn, refusingTogether } from "@/lib/base/errors.ts";
import { checkpointsOf, type PlanEncoders } from "@/lib/plan/mod.ts";
import {
  checkEncoder,
  encoderNames,
  type OutsideEncoder,
  readEncoders,
} from "@/lib/pretrained/mod.ts";
import type { WeightsFile } from "@/lib/run/mod.ts";

/** The encoders from outside that a study uses. */
export interface StudyEncoders {
  /** Of them and of all names that there are, what the planner has to know. */
  readonly encoders: PlanEncoders;
  /** The file of weights of each SHA-256. */
  readonly weights: ReadonlyMap<string, WeightsFile>;
}

/**
 * What is known of the encoders from outside that conditions use; of no others the files are looked at. The planner names the
 * condition whose encoder the file does not have.
 *
 * @param file The file that names encoders, if there is one.
 * @throws {InputError | InputErrors} As {@linkcode readEncoders} does, and if a file does not hold just the encoder that it is to.
 */
export async function outsideEncoders(
  conditions: readonly Condition[],
  file: string | undefined,
): Promise<StudyEncoders> {
  const used = checkpointsOf(conditions);
  if (used.length === 0 || file === undefined) {
    return { encoders: { names: [], named: new Map() }, weights: new Map() };
  }
  const names = await encoderNames(file);
  const { named, weights } = await readOutside(used.filter((name) => names.includes(name)), file);
  return { encoders: { file, names, named }, weights };
}

/**
 * The encoders of some names in a file, each of which is looked at.
 *
 * @throws {InputError | InputErrors} As {@linkcode readEncoders} does, and if a file of weights does not hold just the encoder that
 *   it is to.
 */
export async function readOutside(names: readonly string[], file: string): Promise<{
  readonly named: ReadonlyMap<string, OutsideEncoder>;
  readonly weights: StudyEncoders["weights"];
}> {
  const named = await readEncoders(file, { names });
  await refusingTogether([...named].map(([name, one]) => () =>
    checkEncoder(one).catch((error) => {
      const [first] = inputErrorsIn(error);
      if (first === undefined) throw error;
      throw new InputError(`${file}: ${name}`, `${first.place}: ${first.problem}`, first.remedy);
    })
  ));
  const weights = [...named.values()].map(({ sha256, path, source, licence }) =>
    [sha256, {
      path,
      ...source !== undefined && { source },
      ...licence !== undefined && { licence },
    }] as const
  );
  return { named, weights: new Map(weights) };
}

/** The encoders from outside that an experiment uses and a file does not name. */
export function unnamedIn(experiment: Experiment, names: readonly string[]): readonly string[] {
  const conditions = expand(experiment, scaleOf("smoke"), { seeds: 1, beyond: true });
  return checkpointsOf(conditions).filter((name) => !names.includes(name));
}
