import type { StudyOptions } from "@/lib/cli/options.ts";
import { publish } from "@/lib/cli/publish.ts";
import { commandLine } from "@/lib/cli/reproduce.ts";
import { say } from "@/lib/cli/say.ts";
import { prepareStudy } from "@/lib/cli/study.ts";

/** `deno task report`: writes the report from what the store holds. */
export async function report(
  ids: readonly string[],
  options: StudyOptions,
  root: string,
): Promise<void> {
  const study = await prepareStudy(ids, options, root);
  const page = await publish(study, options.out, commandLine(ids, options), root);
  const stale = [...study.status.values()].filter(({ freshness }) => freshness !== "cached").length;
  if (stale > 0) {
    say(`${stale} of ${study.plan.steps.length} steps are not fresh: deno task plan says which`);
  }
  say(`Report${page.fresh ? " (unchanged)" : ""}: ${page.path}`);
}
