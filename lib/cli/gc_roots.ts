import { precisions, type ScaleName, scaleNames } from "@/dsl/mod.ts";
import { InputError, inputErrorsIn } from "@/lib/base/errors.ts";
import { experimentSteps } from "@/lib/cli/experiment_steps.ts";
import type { SeedRange, StudyOptions } from "@/lib/cli/options.ts";
import { type Draft, draftStudy } from "@/lib/cli/study_draft.ts";
import { findingNames } from "@/lib/data/mod.ts";
import { type Plan, plan } from "@/lib/plan/mod.ts";
import { findStore, partsHash, type Standing } from "@/lib/store/mod.ts";

/** What today's experiments reach. */
export interface Reached {
  /** Keys of steps by the experiment that stands on them; under `""` what is of several or of a page. */
  readonly byExperiment: ReadonlyMap<string, ReadonlySet<string>>;
  readonly keys: ReadonlySet<string>;
  /** Hashes that today's steps have. */
  readonly parts: ReadonlySet<string>;
  /** Paths of the memos that are in use. */
  readonly memos: ReadonlySet<string>;
  /** What of today's experiments reaches nothing, and why, a sentence each. */
  readonly leftOut: readonly string[];
}

/** What is reached is asked for by these. */
export interface ReachOptions {
  readonly scales: readonly ScaleName[];
  /** Files that bind roles, each by itself; `undefined` for the bindings without one. */
  readonly data: readonly (string | undefined)[];
  /** The file that names encoders from outside, if there is one. */
  readonly encoders?: string;
  readonly store: string;
  /** The project's folder. */
  readonly root: string;
}

/**
 * Everything that some command of today may ask of a store: all experiments and what they ask beyond the paper, at each scale,
 * in each precision, with each data file, and at every seed that the store holds.
 *
 * @param standing What stands in the store.
 * @throws {InputError | InputErrors} If something is wrong with the experiments or the data: what they reach is not known then.
 */
export async function reach(
  standing: readonly Standing[],
  { root, ...asked }: ReachOptions,
): Promise<Reached> {
  const byExperiment = new Map<string, Set<string>>();
  const keys = new Set<string>(), parts = new Set<string>(), memos = new Set<string>();
  const leftOut = new Map<string, Refused>();
  const leave = (place: string, ids: Iterable<string>, [first]: readonly InputError[]): void => {
    const known = leftOut.get(place) ?? { ids: new Set<string>(), problem: first!.problem };
    for (const id of ids) known.ids.add(id);
    leftOut.set(place, known);
  };
  const take = ({ code, identities }: Draft, planned: Plan): void => {
    for (const step of planned.steps) {
      keys.add(step.key);
      parts.add(code(step));
    }
    for (const identity of identities) parts.add(partsHash(identity));
    for (const [id, own] of experimentSteps(planned)) {
      const all = byExperiment.get(id) ?? new Set<string>();
      byExperiment.set(id, all);
      for (const key of own) all.add(key);
    }
  };
  const at = { root, open: findStore, onMemo: (path: string) => void memos.add(path) };
  for (const options of optionsOf(standing, asked)) {
    const draft = await draftStudy(["all"], options, at);
    const apart = draft.registry.filter((one) => !draft.experiments.includes(one));
    const all = [draft];
    // An experiment that needs larger worlds than others runs by itself.
    for (const { id } of apart) {
      try {
        all.push(await draftStudy([id], options, at));
      } catch (error) {
        leave("alone", [id], mendable(error));
      }
    }
    for (const one of all) {
      for (const { ids, planned, refused } of plansOf(one)) {
        if (planned !== undefined) take(one, planned);
        if (refused.length > 0) leave(`at scale ${options.scale}`, ids, refused);
      }
    }
  }
  const told = [...leftOut].map(([place, { ids, problem }]) =>
    `${[...ids].join(", ")} ${place}, where this cannot be run: ${problem}`
  );
  return { byExperiment, keys, parts, memos, leftOut: told };
}

/** Experiments that reach nothing, and why the first of them does not. */
interface Refused {
  readonly ids: Set<string>;
  readonly problem: string;
}

/** The options under which studies may have been run. */
function optionsOf(
  standing: readonly Standing[],
  { scales, data, encoders, store }: Omit<ReachOptions, "root">,
): readonly StudyOptions[] {
  const ranges = rangesOf(standing);
  const files = data.map((file) => file === undefined ? {} : { data: file });
  const base = {
    all: true,
    allow: findingNames,
    store,
    figures: "full",
    untilDecided: false,
    trustCode: false,
    json: false,
    ...encoders !== undefined && { encoders },
  } as const;
  return (scales.length === 0 ? scaleNames : scales).flatMap((scale) =>
    files.flatMap((file) =>
      precisions.flatMap((precision) =>
        ranges.map((seeds) => ({ ...base, ...file, scale, precision, seeds }))
      )
    )
  );
}

/** The seeds of all recipes in a store, as ranges; the first seed where none has one. */
function rangesOf(standing: readonly Standing[]): readonly SeedRange[] {
  const seeds = new Set([1]);
  for (const { manifest } of standing) {
    const seed = typeof manifest === "object" ? manifest.spec.seed : undefined;
    if (typeof seed === "number") seeds.add(seed);
  }
  const ranges: { first: number; count: number }[] = [];
  for (const seed of [...seeds].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && seed === last.first + last.count) last.count++;
    else ranges.push({ first: seed, count: 1 });
  }
  return ranges;
}

/** The plan of a draft, if all of it can be worked, and that of each experiment by itself, whose pages have other pictures. */
function plansOf(
  { conditions, domains, encoders }: Draft,
): readonly {
  readonly ids: readonly string[];
  readonly planned?: Plan;
  readonly refused: readonly InputError[];
}[] {
  const planOf = (some: Draft["conditions"]) => {
    const ids = some.map(({ experiment }) => experiment);
    try {
      return { ids, planned: plan(some, domains, { encoders }), refused: [] };
    } catch (error) {
      return { ids, refused: mendable(error) };
    }
  };
  const apart = [...Map.groupBy(conditions, ({ experiment }) => experiment).values()].map(planOf);
  return apart.every(({ refused }) => refused.length === 0)
    ? [planOf(conditions), ...apart]
    : apart;
}

/** What a user can mend in an error; any other is thrown again. */
function mendable(error: unknown): readonly InputError[] {
  const found = inputErrorsIn(error);
  if (found.length === 0) throw error;
  return found;
}
