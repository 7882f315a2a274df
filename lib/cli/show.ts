import { bytesText } from "@/lib/base/bytes_text.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { duration } from "@/lib/base/duration.ts";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { plural } from "@/lib/base/plural.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { complain, say } from "@/lib/cli/say.ts";
import { prepareStudy, type Study } from "@/lib/cli/study.ts";
import type { PlannedCondition, Step } from "@/lib/plan/mod.ts";
import { cellId, readRows, type Row, shortKey } from "@/lib/results/mod.ts";
import { artifactFolder, findArtifact, findStore } from "@/lib/store/mod.ts";

/** What was asked for: a condition, or a step. */
type Asked = { readonly conditions: readonly PlannedCondition[] } | { readonly step: Step };

/**
 * `deno task show`: where everything of a condition lies, or of a step.
 *
 * @param word A condition's name or part of it, the first digits of a step's key, or those of `rows.csv` that name a cell.
 * @throws {InputError | InputErrors} As `prepareStudy()` does, and if nothing is named so.
 */
export async function show(
  word: string,
  ids: readonly string[],
  at: { readonly options: StudyOptions; readonly root: string },
): Promise<void> {
  const study = await prepareStudy(ids, at.options, { root: at.root, open: findStore });
  for (const line of study.leftOut) complain(`${line}\n`);
  const asked = find(word, study);
  say(`store: ${study.store.root}${study.store.made ? "" : ", not there yet"}`);
  if ("step" in asked) return await showStepAlone(asked.step, study);
  const names = [...new Set(asked.conditions.map(({ condition }) => condition.name))];
  if (names.length > 1) {
    say(`${plural(names.length, "condition")} with this in the name; give the whole name of one:`);
    return names.forEach((name) => say(`  ${name}`));
  }
  const rows = await readRows({ ...study.plan, conditions: asked.conditions }, study.store);
  const shown = Map.groupBy(asked.conditions, ({ condition }) => condition.experiment);
  for (const some of shown.values()) await showCondition(some, { study, rows });
}

function find(word: string, { plan: { conditions, steps }, scale }: Study): Asked {
  const named = (is: (planned: PlannedCondition) => boolean) => conditions.filter(is);
  const exact = named(({ condition }) => condition.name === word);
  if (exact.length > 0) return { conditions: exact };
  if (/^[0-9a-f]{4,64}$/.test(word)) {
    const keyed = steps.filter(({ key }) => key.startsWith(word));
    if (keyed.length === 1) return { step: keyed[0]! };
    const cells = named((planned) => levelsOf(planned, steps).some(({ id }) => id === word));
    if (cells.length > 0) return { conditions: cells };
  }
  const part = word.trim().toLowerCase();
  const parts = named(({ condition }) => condition.name.toLowerCase().includes(part));
  if (part !== "" && parts.length > 0) return { conditions: parts };
  const names = [...new Set(conditions.map(({ condition }) => condition.name))];
  throw new InputError(
    "Command line",
    `no condition at scale ${scale.name} has "${word}" in its name, and no step's key begins with it`,
    `${didYouMean(word, names)}${
      nearNames(part, names)
    }deno task plan lists all; --all adds those beyond the paper`,
  );
}

/** The names that have most of the words, or nothing where none has any. */
function nearNames(part: string, names: readonly string[]): string {
  const words = part.split(/[^\p{L}\d-]+/u).filter((one) => one.length > 1);
  const scored = names
    .map((name) => ({ name, has: words.filter((one) => name.toLowerCase().includes(one)).length }))
    .filter(({ has }) => has > 0)
    .toSorted((a, b) => b.has - a.has);
  const near = scored.filter(({ has }) => has === scored[0]!.has).slice(0, 3);
  return near.length === 0 ? "" : `Similar: ${near.map(({ name }) => `"${name}"`).join(", ")}. `;
}

/** The levels that a condition is scored at, each with the cell that it belongs to. */
function levelsOf({ condition, score }: PlannedCondition, steps: readonly Step[]) {
  const step = steps.find(({ key }) => key === score);
  const levels = step?.kind === "score" ? step.spec.levels : [];
  return levels.map((level) => {
    const { experiment, name, scale } = condition;
    return { level, id: cellId({ experiment, condition: name, scale, level }) };
  });
}

/** A condition of one experiment, seed by seed: what was measured, and every step that it stands on. */
async function showCondition(
  some: readonly PlannedCondition[],
  { study, rows }: { readonly study: Study; readonly rows: readonly Row[] },
): Promise<void> {
  const { name, experiment, scale } = some[0]!.condition;
  const { plan } = study;
  say(`${name}\nexperiment ${experiment}, scale ${scale}`);
  for (const planned of some) {
    say(`\nseed ${planned.condition.seed}`);
    for (const { level, id } of levelsOf(planned, plan.steps)) {
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
  const standing = conditions.filter(({ score }) => reachedFrom(score, steps).has(step.key))
    .map(({ condition: { name, seed } }) => `${name}, seed ${seed}`);
  const names = [...new Set(standing)];
  say(`used by ${plural(names.length, "condition")}${names.length === 0 ? "" : ":"}`);
  for (const name of names) say(`  ${name}`);
}

/** The keys of a step and of all that it needs, however far back. */
function reachedFrom(key: string, steps: readonly Step[]): ReadonlySet<string> {
  const reached = new Set([key]);
  // Each stands after all that it needs.
  for (const step of steps.toReversed()) {
    if (reached.has(step.key)) Object.values(step.needs).forEach((need) => reached.add(need));
  }
  return reached;
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
