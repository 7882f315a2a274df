import { complain } from "@/lib/cli/say.ts";
import type { Draft } from "@/lib/cli/study_draft.ts";

/** Says what is left out of a study, and why. */
export function tellLeftOut({ leftOut }: Pick<Draft, "leftOut">): void {
  for (const line of leftOut) complain(`${line}\n`);
}
