import { bytesText } from "@/lib/base/bytes_text.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { duration } from "@/lib/base/duration.ts";
import { plural } from "@/lib/base/plural.ts";
import {
  askedStudy,
  levelsOf,
  listAsked,
  namesOf,
  reachedFrom,
  standingOn,
} from "@/lib/cli/asked.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { say } from "@/lib/cli/say.ts";
import { stepLines } from "@/lib/cli/show_step.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { PlannedCondition, Step } from "@/lib/plan/mod.ts";
import { readRows, type Row, shortKey } from "@/lib/results/mod.ts";
import { artifactFolder, findArtifact } from "@/lib/store/mod.ts";

/**
 * `deno task show`: where everything of a condition lies, or of a step.
 *
 * @param word As {@linkcode askedStudy} takes it.
 * @throws {InputError | InputErrors} As {@linkcode askedStudy} does.
 */
export async function show(
  word: string,
  ids: readonly string[],
  at: { readonly options: StudyOptions; readonly root: string },
): Promise<void> {
  const { study, asked } = await askedStudy(word, ids, at);
  if ("steps" in asked) {
    const [step, ...others] = asked.steps;
    return others.length === 0 ? await showStepAlone(step!, study) : listAsked(asked);
  }
  if (namesOf(asked).length > 1) return listAsked(asked);
  const rows = await readRows({ ...study.plan, conditions: asked.conditions }, study.store);
  const shown = Map.groupBy(asked.conditions, ({ condition }) => condition.experiment);
  for (const some of shown.values()) await showCondition(some, { study, rows });
}

/** A condition of one experiment, seed by seed: what was measured, and every step that it stands on. */
async function showCondition(
  some: readonly PlannedCondition[],
  { study, rows }: { readonly study: Study; readonly rows: readonly Row[] },
): Promise<void> {
  const { name, experiment, scale } = some[0]!.condition;
  const { plan } = study;
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  say(`${name}\nexperiment ${experiment}, scale ${scale}`);
  for (const planned of some) {
    say(`\nseed ${planned.condition.seed}`);
    for (const { level, id } of levelsOf(planned, byKey)) {
      const row = rows.find((one) => one.origin.score === planned.score && one.level === level);
      const told = row === undefined
        ? "not measured"
        : `top-1 ${row.value} of ${row.testImages} test images`;
      say(`  ${level}: ${told} (cell ${id})`);
    }
    const keys = reachedFrom(planned.score, plan.steps);
    for (const step of plan.steps.filter(({ key }) => keys.has(key))) await showStep(step, study);
  }
}

/** A step, and the conditions that stand on it. */
async function showStepAlone(step: Step, study: Study): Promise<void> {
  await showStep(step, study);
  const { conditions, steps } = study.plan;
  for (const line of await stepLines(step, study)) say(`    ${line}`);
  const stands = standingOn(step.key, steps);
  const standing = conditions.filter(({ score }) => stands.has(score))
    .map(({ condition: { name, seed } }) => `${name}, seed ${seed}`);
  const names = [...new Set(standing)];
  say(`used by ${plural(names.length, "condition")}${names.length === 0 ? "" : ":"}`);
  for (const name of names) say(`  ${name}`);
}

async function showStep(step: Step, { store, status }: Study): Promise<void> {
  const { key, kind, label, spec, needs } = step;
  const { freshness, detail } = status.get(key)!;
  say(`  ${kind} ${shortKey(key)}: ${label}`);
  say(`    recipe ${canonicalJson(spec)}`);
  const read = Object.entries(needs).map(([name, need]) => `${name} ${shortKey(need)}`);
  if (read.length > 0) say(`    reads ${read.join(", ")}`);
  const found = await findArtifact(store, key);
  const state = freshness === "cached" ? "" : ` (${freshness}: ${detail})`;
  say(`    ${artifactFolder(store, key)}${state}`);
  if (found.state !== "cached") return;
  const { files, made } = found.manifest;
  const sizes = Object.entries(files).map(([name, { bytes }]) => `${name} ${bytesText(bytes)}`);
  say(`    files ${[...sizes, "manifest.json"].join(", ")}`);
  say(`    made ${made.at} in ${duration(made.seconds)} on ${made.host}`);
}
