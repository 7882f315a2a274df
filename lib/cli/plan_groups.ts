import { duration } from "@/lib/base/duration.ts";
import { plural } from "@/lib/base/plural.ts";
import { experimentSteps } from "@/lib/cli/experiment_steps.ts";
import { stepsToWork } from "@/lib/cli/expected.ts";
import type { Study } from "@/lib/cli/study.ts";
import { textTable } from "@/lib/cli/text_table.ts";
import type { Step, UnderWay } from "@/lib/plan/mod.ts";
import type { Freshness, StepStatus } from "@/lib/store/mod.ts";

/** What the groups of a plan are made of. */
type Grouped = Pick<Study, "plan" | "status" | "expected" | "underWay">;

/** Why steps have to be run, as it is told of many. */
const reasons: Readonly<Record<Exclude<Freshness, "cached">, string>> = {
  missing: "not run yet",
  corrupt: "damaged",
  "code changed": "code changed",
  upstream: "inputs to be run again",
  forced: "--force",
};

/** Of steps that are told one by one, no more than these: what is to do fits on a screen. */
const most = 5;

/** What is to do, a line each kind of work and each experiment, and those of which there is more to say. */
export function groupLines(study: Grouped): readonly string[] {
  const { plan } = study;
  const steps = stepsToWork(study);
  if (steps.length === 0) return [];
  const kinds = [...Map.groupBy(plan.steps, ({ kind }) => kind)].map(([name, all]) => ({
    name: name as string,
    all,
  }));
  const own = experimentSteps(plan);
  const experiments = [...own].map(([name, keys]) => ({
    name,
    all: plan.steps.filter(({ key }) => keys.has(key)),
  }));
  const inNone = plan.steps.filter(({ key }) => ![...own.values()].some((keys) => keys.has(key)));
  const pages = { name: "the page's pictures", all: inNone };
  return [
    ...tableOf({ head: "to run, by kind", rows: kinds }, study),
    ...own.size > 1
      ? tableOf({
        head: "by experiment (a shared step counts in each)",
        rows: [...experiments, pages],
      }, study)
      : [],
    ...eachOf(steps, study),
  ];
}

/** The state of a step in words: "not run yet", "60 % done, checkpoint". */
export function stateOf({ freshness, detail }: StepStatus, underWay: UnderWay | undefined): string {
  if (underWay === undefined) return detail;
  const kept = `${Math.floor(100 * underWay.share)} % done, checkpoint`;
  return freshness === "missing" ? kept : `${detail}; ${kept}`;
}

function tableOf(
  { head, rows }: {
    readonly head: string;
    readonly rows: readonly { readonly name: string; readonly all: readonly Step[] }[];
  },
  study: Grouped,
): readonly string[] {
  const cells = rows.flatMap(({ name, all }) => {
    const left = all.filter(({ key }) => study.status.get(key)!.freshness !== "cached");
    if (left.length === 0) return [];
    const seconds = left.reduce((sum, { key }) => sum + study.expected.seconds.get(key)!, 0);
    const of = left.length === all.length ? `${all.length}` : `${left.length} of ${all.length}`;
    return [[name, of, `about ${duration(seconds)}`, whyOf(left, study)]];
  });
  const titles = ["", "steps", "on one core", "why"];
  return [`${head}:`, ...textTable(titles, cells, { numbers: ["steps"] })];
}

/** Each reason of some steps, with how many they are where there are several. */
function whyOf(steps: readonly Step[], { status, underWay }: Grouped): string {
  const groups = [...Map.groupBy(steps, ({ key }) => {
    const { freshness } = status.get(key)!;
    return underWay.has(key) ? "with a checkpoint" : reasons[freshness as keyof typeof reasons];
  })];
  return groups.map(([reason, some]) => groups.length === 1 ? reason : `${some.length} ${reason}`)
    .join(", ");
}

/** Those with a checkpoint, and those that are damaged. */
function eachOf(
  steps: readonly Step[],
  { status, underWay, expected }: Grouped,
): readonly string[] {
  const line = (one: Step) =>
    `  ${one.kind} ${one.label}: ${stateOf(status.get(one.key)!, underWay.get(one.key))}, about ${
      duration(expected.seconds.get(one.key)!)
    } left`;
  const some = (head: string, of: readonly Step[]) =>
    of.length === 0 ? [] : [
      `${head}:`,
      ...of.slice(0, most).map(line),
      ...of.length > most ? [`  and ${plural(of.length - most, "more step")}`] : [],
    ];
  return [
    ...some("under way", steps.filter(({ key }) => underWay.has(key))),
    ...some(
      "damaged",
      steps.filter(({ key }) => !underWay.has(key) && status.get(key)!.freshness === "corrupt"),
    ),
  ];
}
