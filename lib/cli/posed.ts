import type { Experiment } from "@/dsl/mod.ts";
import type { Loaded } from "@/dsl/load.ts";
import type { Question } from "@/lib/results/mod.ts";

/** A question of a user's own data, which is studied in place of the experiments of the project's folder. */
export interface Posed {
  readonly declared: Loaded;
  readonly question: Question;
  /** The command that asks it. */
  readonly command: string;
}

/** Where a study is of: the project's folder, or a question that was posed. */
export interface StudySource {
  /** The project's folder. */
  readonly root: string;
  readonly posed?: Posed | undefined;
}

/**
 * An experiment that no file declares.
 *
 * @param file What messages name in the place of its file.
 */
export function declaredBy(experiment: Experiment, file: string): Loaded {
  return {
    experiments: [experiment],
    files: new Map([[experiment, file]]),
    read: [],
    places: new Map(),
    mistakes: [],
  };
}
