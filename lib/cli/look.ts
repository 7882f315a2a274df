import type { InputError } from "@/lib/base/errors.ts";
import { stepsToWork } from "@/lib/cli/expected.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { registeredOf } from "@/lib/cli/register.ts";
import { looksOf, settledBy } from "@/lib/cli/seeds.ts";
import type { StudySource } from "@/lib/cli/posed.ts";
import { prepareStudy, type Study } from "@/lib/cli/study.ts";
import { type LookedJudgement, readRows, readStudy } from "@/lib/results/mod.ts";
import type { FoundStore } from "@/lib/store/mod.ts";

/** A study as far as it has come, and whether another look would decide more. */
export interface Look {
  readonly study: Study;
  /** Whether claims are open, and seeds left to look at. */
  readonly goesOn: boolean;
}

/**
 * The study that a command is about. One that goes on until its claims are decided is taken, look by look, to the first that
 * has something to work, or to the last.
 *
 * @param at `root`, `posed`: what it is of; `open`: opens the store; `onRefused`: as for `prepareStudy()`.
 * @throws {InputError | InputErrors} As `prepareStudy()` does.
 */
export async function nextLook(
  ids: readonly string[],
  options: StudyOptions,
  at: StudySource & {
    readonly open: (folder: string) => Promise<FoundStore>;
    readonly onRefused?: (error: InputError) => void;
  },
): Promise<Look> {
  const looks = looksOf(options);
  if (looks.length === 0) return { study: await prepareStudy(ids, options, at), goesOn: false };
  let settled: ReadonlyMap<string, number> = new Map();
  for (const [i, look] of looks.entries()) {
    // What is refused is told once, and not at every look.
    const onRefused = i === 0 ? at.onRefused : at.onRefused && (() => {});
    const progressed = { look, settled };
    const study = await prepareStudy(ids, options, { ...at, onRefused, progressed });
    const isLast = i === looks.length - 1;
    if (stepsToWork(study).length > 0) return { study, goesOn: !isLast };
    const judged = await judgedOf(study);
    settled = settledBy(judged, look);
    if (isLast || settled.size === judged.length) return { study, goesOn: false };
  }
  throw new TypeError("A study that looks has a last look");
}

/** The judgements of a study that is worked. */
async function judgedOf(study: Study): Promise<
  readonly { readonly experiment: string; readonly judgement: LookedJudgement }[]
> {
  const { experiments, registry, plan, store, scale, domains, refused, looks } = study;
  const { experiments: results } = await readStudy({
    ...{ experiments, registry, plan, store, scale, domains, refused, looks },
    rows: await readRows(plan, store),
    registered: await registeredOf(study),
    command: "",
  });
  return results.flatMap(({ experiment: { id }, judgements }) =>
    judgements.map((judgement) => ({ experiment: id, judgement }))
  );
}
