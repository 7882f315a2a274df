import assert from "node:assert/strict";
import { experiments } from "@/experiments/mod.ts";
import { corruptionDecreases } from "@/experiments/paper/figure_4.ts";
import { granularityCurves } from "@/experiments/paper/figure_5.ts";
import { percent, points, pValue, rowId, threshold } from "@/lib/report/mod.ts";
import {
  cellIds,
  claimLines,
  type ExperimentResults,
  readStudy,
  rowLines,
  shortKey,
  type StudyResults,
} from "@/lib/results/mod.ts";
import { derivedNumbers } from "@/reports/files.ts";
import { studyPage } from "@/reports/study.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

await using input = await syntheticStudy(experiments, {
  accuracy: ({ seed, encoders }) => 0.3 + 0.02 * seed + (encoders.length > 1 ? 0.03 : 0),
  testImages: 97,
  seeds: 2,
});
const study = await readStudy(input);
const html = await studyPage(study);
const derived = derivedNumbers(study);

/** The sections of a page by id, as text without pictures and scripts. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const found = page.matchAll(/<section id="([^"]+)"[^>]*>([\s\S]*?)<\/section>/g);
  return new Map([...found].map(([, id, content]) => [
    id!,
    content!.replace(/<(svg|script|style)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " "),
  ]));
}

/** All that an experiment's section may say with a decimal point: what its rows, figures.csv and claims hold, and losses. */
function knownOf(
  { experiment, rows, cells, judgements, curves }: ExperimentResults,
): ReadonlySet<string> {
  const figures = derived.filter((one) => one.experiment === experiment.id)
    .flatMap(({ value, low, high }) => [value, low, high])
    .filter((one) => one !== undefined);
  const claims = claimLines(judgements.map((judgement) => ({ experiment, judgement, cells })));
  const numbers = claims.flatMap(({ value, low, high, threshold, paper }) =>
    [value, low, high, threshold, paper].filter((one) => typeof one === "number")
  );
  return new Set([
    // The level at which a claim is judged.
    "0.05",
    // Where the paper has it.
    ...experiment.reference.match(/\d+\.\d+/g) ?? [],
    ...cells.flatMap(({ subject }) => subject.corruption.match(/\d+\.\d+/g) ?? []),
    ...corruptionDecreases.flatMap(([, paper]) => Object.values(paper).map(points)),
    ...Object.values(granularityCurves).flatMap(({ supervised, simclr }) =>
      [...supervised, ...simclr].map(percent)
    ),
    ...rows.map(({ value }) => percent(value)),
    ...figures.flatMap((one) => [percent(one), points(one)]),
    ...experiment.paper.map(({ value }) => percent(value)),
    ...numbers.flatMap((
      one,
    ) => [percent(one), points(one), threshold(one), Math.abs(one).toFixed(2)]),
    ...claims.map(({ p_corrected }) => pValue(Number(p_corrected))),
    ...curves.flatMap(({ epochs }) => {
      const { loss, accuracy, featureNorm, effectiveRank } = epochs.at(-1)!;
      return [
        ...[0, 0.25, 0.5, 0.75].map((share) =>
          epochs[Math.round(share * (epochs.length - 1))]!.loss.toFixed(2)
        ),
        loss.toFixed(2),
        percent(accuracy),
        featureNorm.toFixed(1),
        effectiveRank.toFixed(1),
      ];
    }),
    ...curves.flatMap(({ epochs }) => {
      const { accuracy, featureNorm, effectiveRank } = epochs.at(-1)!;
      return [percent(accuracy), featureNorm.toFixed(1), effectiveRank.toFixed(1)];
    }),
  ].map((text) => text.replace(/^[+−]/, "")));
}

/** Decimals of a text that are not among those known, without their signs. */
function strangers(text: string, known: ReadonlySet<string>): readonly string[] {
  const found = text.match(/(?<![\w.])\d+\.\d+(?![\w.]*\d)/g) ?? [];
  return [...new Set(found)].filter((one) => !known.has(one));
}

/** Linked accuracies that are not the mean of the rows they lead to. */
function wrongLinks(page: string, { experiments }: StudyResults): readonly string[] {
  const values = new Map(
    experiments.flatMap(({ cells }) =>
      cells.map((cell) => [rowId(cell.rows[0]!), percent(cell.estimate.value)])
    ),
  );
  const links = [...page.matchAll(/<a class="value" href="#([^"]+)">([^<]+)<\/a>/g)];
  assert.ok(links.length > 300, `only ${links.length} linked values`);
  return links.filter(([, id, text]) => values.get(id!) !== text).map(([link]) => link);
}

Deno.test("the report says no number that rows, claims and curves do not hold", () => {
  const sections = sectionsOf(html);
  const unknown = study.experiments.flatMap((results) => {
    const { id } = results.experiment;
    const text = sections.get(id);
    assert.ok(text !== undefined && text.length > 500, id);
    return strangers(text, knownOf(results)).map((one) => `${id}: ${one}`);
  });
  assert.deepEqual(unknown, []);
});

Deno.test("figures.csv has no two lines of one experiment, figure and name", () => {
  const keys = derived.map(({ experiment, figure, what }) => `${experiment}\n${figure}\n${what}`);
  assert.ok(keys.length > 500);
  assert.deepEqual(keys.filter((key, i) => keys.indexOf(key) !== i), []);
});

Deno.test("every line of claims.csv and figures.csv is joined to rows.csv, by cells or by a step", () => {
  const rows = rowLines(study);
  const cells = new Set(rows.map(({ cell }) => cell));
  const steps = new Set(rows.flatMap(({ encoders }) => encoders.split(" ")));
  const known = (ids: string) => ids.split(" ").every((id) => cells.has(id));
  for (const { figure, what, cells = [], step } of derived) {
    assert.ok(
      step === undefined ? cells.length > 0 : steps.has(shortKey(step)),
      `${figure}: ${what}`,
    );
    assert.ok(step !== undefined || known(cellIds(cells)), `${figure}: ${what}`);
  }
  const claims = study.experiments.flatMap(({ experiment, judgements, cells }) =>
    claimLines(judgements.map((judgement) => ({ experiment, judgement, cells })))
  );
  assert.ok(claims.length > 30);
  for (const { claim, contrast, cells } of claims) {
    assert.ok(typeof cells === "string" && known(cells), `${claim}, ${contrast}`);
  }
});

Deno.test("the verdicts at the top say no number that claims.csv does not hold", () => {
  const lines = claimLines(
    study.experiments.flatMap(({ experiment, judgements, cells }) =>
      judgements.map((judgement) => ({ experiment, judgement, cells }))
    ),
  );
  const known = lines.flatMap(({ value, paper }) => [value, paper])
    .filter((one) => typeof one === "number")
    .flatMap((one) => [points(one), percent(one)].map((text) => text.replace(/^[+−]/, "")));
  const text = sectionsOf(html).get("verdicts")!;
  assert.ok((text.match(/\d\.\d/g) ?? []).length > 25, "it has numbers");
  assert.deepEqual(strangers(text, new Set(known)), []);
});

Deno.test("every accuracy of the report is that of the rows that it leads to", () => {
  assert.deepEqual(wrongLinks(html, study), []);
});

Deno.test("a number that was slipped into the report is found", () => {
  const [results] = study.experiments;
  const text = sectionsOf(html).get(results!.experiment.id)!;
  assert.deepEqual(strangers(`${text} 321.7 and 12.`, knownOf(results!)), ["321.7"]);
  const forged = html.replace(/(<a class="value"[^>]*>)[\d.]+/, "$199.9");
  assert.equal(wrongLinks(forged, study).length, 1);
});
