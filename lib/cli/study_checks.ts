import type { GivenCheck } from "@/lib/cli/given.ts";
import { checkOptions, type StudyOptions } from "@/lib/cli/options.ts";
import { checkReportFolder } from "@/lib/cli/publish.ts";
import { knownRoles } from "@/lib/cli/roles.ts";
import { experimentsNamed } from "@/lib/cli/study.ts";
import { bind } from "@/lib/data/mod.ts";
import { findStore } from "@/lib/store/mod.ts";

/** What can be seen of the command of a study without reading its data. */
export function studyChecks(
  ids: readonly string[],
  options: StudyOptions,
): readonly GivenCheck[] {
  const { store, out, data } = options;
  return [
    () => experimentsNamed(ids),
    () => checkOptions(options),
    () => findStore(store),
    ...out === undefined ? [] : [() => checkReportFolder(out)],
    ...data === undefined ? [] : [() => bind(data, { roles: knownRoles() })],
  ];
}
