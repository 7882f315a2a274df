import type { Loaded } from "@/dsl/load.ts";
import { checkAgainst } from "@/lib/cli/against.ts";
import { experimentsNamed, soundExperiments } from "@/lib/cli/experiments.ts";
import type { GivenCheck } from "@/lib/cli/given.ts";
import { checkOptions, studyName, type StudyOptions } from "@/lib/cli/options.ts";
import { boundRoles, usedRoles } from "@/lib/cli/roles.ts";
import { encoderNames } from "@/lib/pretrained/mod.ts";
import { findStore } from "@/lib/store/mod.ts";

/**
 * What can be seen of the command of a study without reading its data.
 *
 * @param root The project's folder.
 */
export function studyChecks(
  ids: readonly string[],
  options: StudyOptions,
  root: string,
): readonly GivenCheck[] {
  const { store, out, data, encoders, against } = options;
  let sound: Promise<Loaded> | undefined;
  const declared = () => sound ??= soundExperiments(root);
  /** What experiments must be right for; where they are not, that is told once. */
  const where = (look: (found: Loaded) => unknown) => () => declared().then(look, () => {});
  return [
    async () => experimentsNamed(ids, (await declared()).experiments),
    () => checkOptions(options),
    () => findStore(store),
    where(async () => {
      // Reports load the experiments that they show.
      const { checkReportFolder } = await import("@/lib/cli/publish.ts");
      const place = { name: studyName(ids, options), against: against !== undefined };
      if (out !== undefined) await checkReportFolder({ out, ...place });
    }),
    ...against === undefined ? [] : [() => checkAgainst(against, store)],
    ...encoders === undefined ? [] : [() => encoderNames(encoders)],
    where((found) => boundRoles(found, data, { roles: usedRoles(found.experiments) })),
  ];
}
