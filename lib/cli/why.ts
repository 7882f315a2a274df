import { canonicalJson, type Json } from "@/lib/base/canonical_json.ts";
import { plural } from "@/lib/base/plural.ts";
import { askedStudy, listAsked, namesOf, reachedFrom } from "@/lib/cli/asked.ts";
import { stepsToWork } from "@/lib/cli/expected.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { stateOf } from "@/lib/cli/plan_groups.ts";
import { say } from "@/lib/cli/say.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { shortKey } from "@/lib/results/mod.ts";
import { type Change, explain, type Explanation, type Freshness } from "@/lib/store/mod.ts";

/**
 * `deno task why`: why a step, or the steps of a condition, have to be worked, and what differs from what is there.
 *
 * @param word As {@linkcode askedStudy} takes it.
 * @throws {InputError | InputErrors} As {@linkcode askedStudy} does.
 */
export async function why(
  word: string,
  ids: readonly string[],
  at: { readonly options: StudyOptions; readonly root: string },
): Promise<void> {
  const { study, asked } = await askedStudy(word, ids, at);
  if ("steps" in asked ? asked.steps.length > 1 : namesOf(asked).length > 1) {
    return listAsked(asked);
  }
  const { plan: { steps } } = study;
  const ends = "steps" in asked
    ? asked.steps.map(({ key }) => key)
    : asked.conditions.map((one) => one.score);
  const keys = new Set(ends.flatMap((end) => [...reachedFrom(end, steps)]));
  const toWork = stepsToWork(study).filter(({ key }) => keys.has(key));
  const name = "steps" in asked
    ? `${asked.steps[0]!.kind} ${asked.steps[0]!.label}`
    : namesOf(asked)[0]!;
  if (toWork.length === 0) {
    return say(`${name}: nothing to run, ${plural(keys.size, "step")} verified`);
  }
  say(`${name}: to run, ${toWork.length} of ${plural(keys.size, "step")}`);
  const { code, status } = study;
  const explanations = await explain(toWork, study.store, {
    ...{ steps, status },
    codeParts: code.parts,
    named: study.identities,
  });
  for (const line of whyLines(explanations, { study, asked: "steps" in asked ? ends : [] })) {
    say(line);
  }
}

/** What is told of steps to work: the changes that began it, each once, and what merely follows. */
export function whyLines(
  explanations: readonly Explanation[],
  { study, asked }: {
    readonly study: Pick<Study, "underWay">;
    /** Keys of steps of which all is told, what merely follows too. */
    readonly asked: readonly string[];
  },
): readonly string[] {
  const told = explanations.map((one) => ({
    one,
    // What an input is worked for anew is told of that input.
    changes: one.changes.filter(({ within: [first] }) =>
      first === undefined || !one.waits.includes(first) || asked.includes(one.step.key)
    ),
  }));
  const reasons: readonly Freshness[] = ["corrupt", "code changed"];
  const follows = told.filter(({ one, changes }) =>
    changes.length === 0 && one.waits.length > 0 && !asked.includes(one.step.key) &&
    !reasons.includes(one.status.freshness)
  );
  const causes = told.filter((one) => !follows.includes(one));
  const groups = Map.groupBy(
    causes,
    ({ one, changes }) => canonicalJson([one.step.kind, reasonOf(one, study), linesOf(changes)]),
  );
  return [
    ...[...groups.values()].flatMap((some) => {
      const [{ one, changes }] = some as [(typeof some)[number]];
      return [
        "",
        ...headOf(some.map(({ one: { step } }) => step)),
        ...causeLines(one, changes, study),
      ];
    }),
    ...follows.length === 0 ? [] : ["", followLine(follows.map(({ one: { step } }) => step))],
  ];
}

// Steps of the same reason that are named.
const mostNamed = 3;

function headOf(steps: readonly Step[]): readonly string[] {
  const named = steps.slice(0, mostNamed).map(({ key, kind, label }) =>
    `${kind} ${shortKey(key)}: ${label}`
  );
  return steps.length > mostNamed
    ? [...named, `and ${plural(steps.length - mostNamed, "more step")} for the same reason`]
    : named;
}

function reasonOf({ step: { key }, status }: Explanation, { underWay }: Pick<Study, "underWay">) {
  return `${status.freshness}: ${stateOf(status, underWay.get(key))}`;
}

function causeLines(
  one: Explanation,
  changes: readonly Change[],
  study: Pick<Study, "underWay">,
): readonly string[] {
  const lines = [`  ${reasonOf(one, study)}`];
  if (one.waits.length > 0) lines.push(`  to run first: ${one.waits.join(", ")}`);
  if (one.unknownCode) {
    lines.push(
      `  code  which modules changed is not known: the store has no list of what code ${
        one.compared!.code.slice(0, 8)
      } was`,
    );
  }
  if (one.compared === undefined) {
    if (one.status.freshness === "missing") {
      lines.push(`  the store has no ${one.step.kind} step to compare it with`);
    }
    return lines;
  }
  const { key, made } = one.compared;
  if (key !== one.step.key) {
    lines.push(`  the nearest that is there: ${shortKey(key)}, made ${made.at} on ${made.host}`);
  }
  return [...lines, ...linesOf(changes).map((line) => `  ${line}`)];
}

/** Each change on a line, in columns. */
function linesOf(changes: readonly Change[]): readonly string[] {
  return changes.map((change) => {
    const { of, within, path } = change;
    const place = within.length === 0 ? of : `${of} of its ${within.join("'s ")}`;
    return `${place}  ${path}  ${sidesOf(change)}`;
  });
}

function sidesOf({ of, was, is }: Change): string {
  if (of === "code") return was === undefined ? "new" : is === undefined ? "gone" : "changed";
  return `was ${valueText(was)}, is ${valueText(is)}`;
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return "absent";
  if (typeof value === "string") return /^[0-9a-f]{64}$/.test(value) ? shortKey(value) : value;
  return canonicalJson(value);
}

function followLine(steps: readonly Step[]): string {
  const kinds = [...Map.groupBy(steps, ({ kind }) => kind)]
    .map(([kind, some]) => `${some.length} ${kind}`);
  return `${plural(steps.length, "step")} to run because their inputs are: ${kinds.join(", ")}`;
}
