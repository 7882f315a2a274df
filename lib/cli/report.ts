import { InputError } from "@/lib/base/errors.ts";
import { explaining } from "@/lib/base/system_errors.ts";
import { nextLook } from "@/lib/cli/look.ts";
import { commandLine } from "@/lib/cli/command_line.ts";
import { type ReportOptions, studyName } from "@/lib/cli/options.ts";
import { publish } from "@/lib/cli/publish.ts";
import { complain, say } from "@/lib/cli/say.ts";
import { tellRefused } from "@/lib/cli/tell_refused.ts";
import { findStore } from "@/lib/store/mod.ts";

/**
 * `deno task report`: writes the report from what the store holds.
 *
 * @throws {InputError} If it holds nothing to report.
 */
export async function report(
  ids: readonly string[],
  options: ReportOptions,
  root: string,
): Promise<void> {
  const at = { root, open: findStore, onRefused: tellRefused };
  const { study } = await nextLook(ids, options, at);
  const { store, plan, status } = study;
  for (const line of study.leftOut) complain(`${line}\n`);
  const stale = [...status.values()].filter(({ freshness }) => freshness !== "cached").length;
  if (stale === plan.steps.length) {
    throw new InputError(
      `Store ${store.root}`,
      store.made
        ? `it holds no up-to-date step of ${ids.join(", ")} at scale ${options.scale}`
        : "it does not exist yet",
      "deno task reproduce runs the steps; deno task plan says what is missing, and why",
    );
  }
  const page = await explaining(
    options.out,
    () =>
      publish(study, { out: options.out, name: studyName(ids, options) }, {
        command: commandLine(ids, options),
        root,
      }),
  );
  if (stale > 0) {
    say(
      `${stale} of ${plan.steps.length} steps are missing or out of date: deno task plan says which`,
    );
  }
  say(`Report${page.fresh ? " (unchanged)" : ""}: ${page.path}`);
}
