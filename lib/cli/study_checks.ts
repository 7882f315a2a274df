import { refusingTogether } from "@/lib/base/errors.ts";
import { experimentsNamed, soundExperiments } from "@/lib/cli/experiments.ts";
import type { GivenCheck } from "@/lib/cli/given.ts";
import { checkOptions, type StudyOptions } from "@/lib/cli/options.ts";
import { boundRoles, usedRoles } from "@/lib/cli/roles.ts";
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
  const { store, out, data } = options;
  return [
    async () => {
      const declared = await soundExperiments(root);
      const { experiments } = declared;
      await refusingTogether<unknown>([
        () => experimentsNamed(ids, experiments),
        () => boundRoles(declared, data, { roles: usedRoles(experiments) }),
        // Reports are loaded with the experiments that they show, in which nothing is wrong here.
        async () => {
          const { checkReportFolder } = await import("@/lib/cli/publish.ts");
          if (out !== undefined) await checkReportFolder(out);
        },
      ]);
    },
    () => checkOptions(options),
    () => findStore(store),
  ];
}
