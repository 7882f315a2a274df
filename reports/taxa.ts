import { taxa } from "@/experiments/taxa.ts";
import {
  accuracyRows,
  conditionTable,
  count,
  type Figure,
  figure,
  fold,
  markup,
  percent,
  pivotTable,
} from "@/lib/report/mod.ts";
import type { EstimatedCell, ExperimentResults, TestLevel } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";

// Fewer taxa than these would say little of taxa.
const leastTaxa = 10;

/** Fig 3: accuracy on species by taxon, and how many classes each other domain serves better than species. */
export const taxaReport: ExperimentReport = {
  id: taxa.id,
  figures: (results) => {
    const levels = results.testClasses.get("species")?.levels ?? [];
    const finest = levels[0];
    const level = levels.findLast(({ names }) => names.length >= leastTaxa);
    return [
      level === undefined
        ? markup`<p class="note">The label tree of species has no level with ${leastTaxa} or more classes.</p>`
        : taxonFigure(results, level),
      ...finest === undefined ? [] : [balanceFigure(results, finest)],
      fold("Overall accuracies", conditionTable(accuracyRows(results))),
    ];
  },
};

/** Of each taxon that has test images, the largest first: the share of right predictions after each pretraining. */
function taxonFigure({ cells }: ExperimentResults, level: TestLevel): Figure {
  const images = countsOf(level);
  const rights = cells.map((cell) => rightsByClass(cell, level));
  const shown = [...level.names.keys()].filter((taxon) => images[taxon]! > 0)
    .toSorted((a, b) => images[b]! - images[a]!);
  return figure({
    id: `${taxa.id}-accuracy`,
    title: `Accuracy by ${level.level}`,
    rows: shown.flatMap((taxon) =>
      cells.map((cell, i) => ({
        cell,
        taxon: level.names[taxon]!,
        images: images[taxon]!,
        pretrain: cell.subject.pretrain,
        top1: rights[i]![taxon]! / images[taxon]!,
      }))
    ),
    line: ({ cell: _, ...row }) => row,
    numbers: ({ cell, taxon, pretrain, top1 }) => ({
      figure: `Accuracy by ${level.level}`,
      what: `${taxon} after ${pretrain}`,
      value: top1,
      cells: [cell],
    }),
    tables: (rows) =>
      rows.length > 0 && pivotTable(rows, {
        label: `Accuracy on species by ${level.level}`,
        classes: "sticky",
        corner: level.level,
        lineOf: ({ taxon }) => taxon,
        before: [{ title: "Test images", content: ({ images }) => count(images) }],
        columnOf: ({ pretrain }) => pretrain,
        title: (pretrain) => `after ${pretrain}`,
        cell: (row, { rows }) => {
          const text = percent(row!.top1);
          const isBest = rows.every(({ top1 }) => top1 <= row!.top1);
          return isBest ? markup`<strong>${text}</strong>` : text;
        },
        caption:
          "Top-1 accuracy at the finest level, in percent, over the test images of each taxon and over seeds, after SimCLR on " +
          "1M images of each of three domains. Bold: best in the row. Rows with few images are uncertain; the claim below counts " +
          "taxa, with an interval. No number in the paper’s figure is known.",
      }),
    folded: cells.length === 0 ? undefined : `${count(level.names.length)} taxa, the largest first`,
  });
}

const comparisons = [["better", 1], ["equal", 0], ["worse", -1]] as const;

/** For each other domain: the shares of classes in which it serves better than species, as well, and worse. */
function balanceFigure(results: ExperimentResults, finest: TestLevel): Figure {
  return figure({
    id: `${taxa.id}-classes`,
    title: "Classes on which another domain does better",
    rows: balances(results, finest),
    line: ({ cells: _, ...row }) => row,
    numbers: ({ cells, pretrain, than, share }) => ({
      figure: "Classes on which another domain does better",
      what: `${than} after ${pretrain}`,
      value: share,
      cells,
    }),
    tables: (rows) =>
      rows.length > 0 && pivotTable(rows, {
        label: "Classes on which another domain does better",
        corner: "After",
        lineOf: ({ pretrain }) => pretrain,
        columnOf: ({ than }) => than,
        cell: (row) => `${percent(row!.share)} %`,
        caption:
          "Share of the classes of species on which SimCLR of the other domain is more, equally or less accurate than SimCLR of " +
          "species. A review of the paper reports some 40 % of classes on one side and 60 % on the other, for Places365 and " +
          "iNat21, but not of what.",
      }),
  });
}

function balances({ cells }: ExperimentResults, finest: TestLevel) {
  const own = cells.find(({ subject }) => subject.pretrain === "species");
  if (own === undefined) return [];
  const ours = rightsByClass(own, finest);
  const images = countsOf(finest);
  const present = [...images.keys()].filter((one) => images[one]! > 0);
  return cells.filter((cell) => cell !== own).flatMap((cell) => {
    const theirs = rightsByClass(cell, finest);
    return comparisons.map(([than, sign]) => ({
      cells: [cell, own],
      pretrain: cell.subject.pretrain,
      than,
      share: present.filter((one) => Math.sign(theirs[one]! - ours[one]!) === sign).length /
        present.length,
    }));
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
