import { explaining } from "@/lib/base/system_errors.ts";
import { readAgainst } from "@/lib/cli/against.ts";
import { commandLine } from "@/lib/cli/command_line.ts";
import { heldStudy } from "@/lib/cli/held_study.ts";
import { type ReportOptions, studyName } from "@/lib/cli/options.ts";
import { publish, reportInput } from "@/lib/cli/publish.ts";
import { say } from "@/lib/cli/say.ts";

/**
 * `deno task report`: writes the report from what the store holds.
 *
 * @throws {InputError} If it holds nothing to report, or the other run nothing of the same.
 */
export async function report(
  ids: readonly string[],
  options: ReportOptions,
  root: string,
): Promise<void> {
  const { study, stale } = await heldStudy(ids, options, root);
  const { out } = options, by = { command: commandLine(ids, options), root };
  const against = options.against === undefined
    ? undefined
    : await readAgainst(options.against, await reportInput(study, by.command));
  const place = { out, name: studyName(ids, options), against: against !== undefined };
  const page = await explaining(
    out,
    () => publish({ ...study, ...against && { against } }, place, by),
  );
  if (stale !== undefined) say(stale);
  say(`Report${page.fresh ? " (unchanged)" : ""}: ${page.path}`);
}
