import { InputError } from "@/lib/base/errors.ts";
import { stepsToWork } from "@/lib/cli/expected.ts";
import { nextLook } from "@/lib/cli/look.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import type { Study } from "@/lib/cli/study.ts";
import { tellLeftOut } from "@/lib/cli/tell_left_out.ts";
import { tellRefused } from "@/lib/cli/tell_refused.ts";
import { findStore } from "@/lib/store/mod.ts";

/** A study of which a store holds something. */
export interface HeldStudy {
  readonly study: Study;
  /** That some of its steps are not fresh, in a sentence; absent where all are. */
  readonly stale?: string;
}

/**
 * A study as far as a store holds it; what is left out of it is told.
 *
 * @throws {InputError} If it holds nothing of it.
 */
export async function heldStudy(
  ids: readonly string[],
  options: StudyOptions,
  root: string,
): Promise<HeldStudy> {
  const at = { root, open: findStore, onRefused: tellRefused };
  const { study } = await nextLook(ids, options, at);
  const { store, plan } = study;
  tellLeftOut(study);
  const stale = stepsToWork(study).length;
  if (stale === plan.steps.length) {
    throw new InputError(
      `Store ${store.root}`,
      store.made
        ? `it holds no up-to-date step of ${ids.join(", ")} at scale ${options.scale}`
        : "it does not exist yet",
      "deno task reproduce runs the steps; deno task plan says what is missing, and why",
    );
  }
  if (stale === 0) return { study };
  const told =
    `${stale} of ${plan.steps.length} steps are missing or out of date: deno task plan says which`;
  return { study, stale: told };
}
