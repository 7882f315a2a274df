import { taxa } from "@/experiments/taxa.ts";
import { count, exhibit, type Html, markup, percent, table } from "@/lib/report/mod.ts";
import type { EstimatedCell, ExperimentResults, TestLevel } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { conditionTable } from "@/reports/generic.ts";

// Fewer taxa than these would say little of taxa.
const leastTaxa = 10;

/** Fig 3: accuracy on species by taxon, and how many classes each other domain serves better than species. */
export const taxaReport: ExperimentReport = {
  id: taxa.id,
  derived: (results) => {
    const { level, finest } = levelsOf(results);
    return [
      ...level === undefined
        ? []
        : taxonAccuracies(results, level).flatMap(({ taxon, values }) =>
          values.map(({ pretrain, value }) => ({
            figure: `Accuracy by ${level.level}`,
            what: `${taxon} after ${pretrain}`,
            value,
          }))
        ),
      ...finest === undefined
        ? []
        : balances(results, finest).flatMap(({ pretrain, shares }) =>
          shares.map(({ than, value }) => ({
            figure: "Classes that another domain serves better",
            what: `${than} after ${pretrain}`,
            value,
          }))
        ),
    ];
  },
  figures: (results) => {
    const { level, finest } = levelsOf(results);
    return Promise.resolve(
      markup`${
        level === undefined
          ? markup`<p class="note">The label tree of species has no level of ${leastTaxa} classes or more.</p>`
          : exhibit({
            id: `${taxa.id}-accuracy`,
            title: `Accuracy by ${level.level}`,
            data: taxonAccuracies(results, level).flatMap(({ taxon, images, values }) =>
              values.map(({ pretrain, value }) => ({ taxon, images, pretrain, top1: value }))
            ),
            content: markup`<details><summary>${
              count(level.names.length)
            } taxa, the largest first</summary>${taxonTable(results, level)}</details>`,
          })
      }
${
        finest && exhibit({
          id: `${taxa.id}-classes`,
          title: "Classes that another domain serves better",
          data: balances(results, finest).flatMap(({ pretrain, shares }) =>
            shares.map(({ than, value }) => ({ pretrain, than, share: value }))
          ),
          content: balanceTable(results, finest),
        })
      }
<details><summary>The accuracies as a whole</summary>${conditionTable(results)}</details>`,
    );
  },
};

/** The level of the tree whose taxa are shown, and the finest. */
function levelsOf({ testClasses }: ExperimentResults) {
  const levels = testClasses.get("species")?.levels ?? [];
  return { level: levels.findLast(({ names }) => names.length >= leastTaxa), finest: levels[0] };
}

/** Of each taxon that has test images, the largest first: the share of right predictions after each pretraining. */
function taxonAccuracies({ cells }: ExperimentResults, level: TestLevel) {
  const images = countsOf(level);
  const rights = cells.map((cell) => rightsByClass(cell, level));
  return [...level.names.keys()]
    .filter((taxon) => images[taxon]! > 0)
    .toSorted((a, b) => images[b]! - images[a]!)
    .map((taxon) => ({
      taxon: level.names[taxon]!,
      images: images[taxon]!,
      values: cells.map(({ subject }, i) => ({
        pretrain: subject.pretrain,
        value: rights[i]![taxon]! / images[taxon]!,
      })),
    }));
}

function taxonTable(results: ExperimentResults, level: TestLevel): Html {
  return table({
    label: `Accuracy on species by ${level.level}`,
    classes: "sticky",
    columns: [
      { title: level.level },
      { title: "Test images", number: true },
      ...results.cells.map(({ subject }) => ({ title: `after ${subject.pretrain}`, number: true })),
    ],
    rows: taxonAccuracies(results, level).map(({ taxon, images, values }) => {
      const best = Math.max(...values.map(({ value }) => value));
      return {
        header: taxon,
        cells: [
          { content: count(images), classes: "number" },
          ...values.map(({ value }) => ({
            content: value === best ? markup`<strong>${percent(value)}</strong>` : percent(value),
            classes: "number",
          })),
        ],
      };
    }),
    caption:
      "Top-1 at the finest level, in percent, over the test images of each taxon and over seeds, after SimCLR on 1M " +
      "images of three domains. Bold: the best of the row. Few images make a row uncertain; the claim below counts taxa with " +
      "an interval. No number of the paper’s figure is known.",
  });
}

const comparisons = [["better", 1], ["equal", 0], ["worse", -1]] as const;

/** For each other domain: the shares of classes in which it serves better than species, as well, and worse. */
function balances({ cells }: ExperimentResults, finest: TestLevel) {
  const own = cells.find(({ subject }) => subject.pretrain === "species");
  if (own === undefined) return [];
  const ours = rightsByClass(own, finest);
  const images = countsOf(finest);
  const present = [...images.keys()].filter((one) => images[one]! > 0);
  return cells.filter((cell) => cell !== own).map((cell) => {
    const theirs = rightsByClass(cell, finest);
    return {
      pretrain: cell.subject.pretrain,
      shares: comparisons.map(([than, sign]) => ({
        than,
        value: present.filter((one) => Math.sign(theirs[one]! - ours[one]!) === sign).length /
          present.length,
      })),
    };
  });
}

function balanceTable(results: ExperimentResults, finest: TestLevel): Html | null {
  const found = balances(results, finest);
  if (found.length === 0) return null;
  return table({
    label: "Classes that another domain serves better",
    columns: [
      { title: "After" },
      ...comparisons.map(([title]) => ({ title, number: true })),
    ],
    rows: found.map(({ pretrain, shares }) => ({
      header: pretrain,
      cells: shares.map(({ value }) => ({ content: `${percent(value)} %`, classes: "number" })),
    })),
    caption:
      "Share of the classes of species in which SimCLR of the other domain is more accurate than SimCLR of species. A review " +
      "of the paper tells of some 40 % of classes on one side and 60 % on the other, for Places365 and iNat21, and leaves open of what.",
  });
}

function countsOf({ names, classOfImage }: TestLevel): readonly number[] {
  const counts = names.map(() => 0);
  for (const one of classOfImage) counts[one]!++;
  return counts;
}

/** Right predictions by class, averaged over seeds. */
function rightsByClass(cell: EstimatedCell, { names, classOfImage }: TestLevel): readonly number[] {
  const rights = names.map(() => 0);
  for (const correct of cell.correct) {
    classOfImage.forEach((own, image) => rights[own]! += correct[image]! / cell.correct.length);
  }
  return rights;
}
