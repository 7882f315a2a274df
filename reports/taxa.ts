import { taxa } from "@/experiments/taxa.ts";
import { count, type Html, markup, percent, table } from "@/lib/report/mod.ts";
import type { ExperimentResults, ResampledCell, TestLevel } from "@/lib/results/mod.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { conditionTable } from "@/reports/generic.ts";
import { tally } from "@/reports/tally.ts";

// Fewer taxa than these would say little of taxa.
const leastTaxa = 10;

/** Fig 3: accuracy on species by taxon, and how many classes each other domain serves better than species. */
export const taxaReport: ExperimentReport = {
  id: taxa.id,
  answer: ({ judgements }) => {
    const ofPaper = judgements.filter(({ claim }) => claim.number === 19);
    return `In most taxa of species, objects pretrain better than scenes: ${tally(ofPaper)}.`;
  },
  figures: (results) => {
    const levels = results.testClasses.get("species")?.levels ?? [];
    const level = levels.findLast(({ names }) => names.length >= leastTaxa);
    const finest = levels[0];
    return Promise.resolve(
      markup`${
        level === undefined
          ? markup`<p class="note">The label tree of species has no level of ${leastTaxa} classes or more.</p>`
          : markup`<h3>Accuracy by ${level.level}</h3>
${taxonTable(results, level)}`
      }
${
        finest && markup`<h3>Classes that another domain serves better</h3>
${balanceTable(results, finest)}`
      }
<details><summary>The accuracies as a whole</summary>${conditionTable(results)}</details>`,
    );
  },
};

function taxonTable({ cells }: ExperimentResults, level: TestLevel): Html {
  const images = countsOf(level);
  const shares = cells.map((cell) => rightsByClass(cell, level));
  const order = [...level.names.keys()].toSorted((a, b) => images[b]! - images[a]!);
  return table({
    label: `Accuracy on species by ${level.level}`,
    classes: "sticky",
    columns: [
      { title: level.level },
      { title: "Test images", number: true },
      ...cells.map(({ subject }) => ({ title: `after ${subject.pretrain}`, number: true })),
    ],
    rows: order.filter((taxon) => images[taxon]! > 0).map((taxon) => {
      const values = shares.map((one) => one[taxon]! / images[taxon]!);
      const best = Math.max(...values);
      return {
        header: level.names[taxon]!,
        cells: [
          { content: count(images[taxon]!), classes: "number" },
          ...values.map((value) => ({
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

function balanceTable({ cells }: ExperimentResults, finest: TestLevel): Html | null {
  const own = cells.find(({ subject }) => subject.pretrain === "species");
  if (own === undefined) return null;
  const ours = rightsByClass(own, finest);
  const present = [...countsOf(finest).keys()].filter((one) => countsOf(finest)[one]! > 0);
  return table({
    label: "Classes that another domain serves better",
    columns: [
      { title: "After" },
      { title: "better", number: true },
      { title: "equal", number: true },
      { title: "worse", number: true },
    ],
    rows: cells.filter((cell) => cell !== own).map((cell) => {
      const theirs = rightsByClass(cell, finest);
      const share = (sign: number) =>
        present.filter((one) => Math.sign(theirs[one]! - ours[one]!) === sign).length /
        present.length;
      return {
        header: cell.subject.pretrain,
        cells: [1, 0, -1].map((sign) => ({
          content: `${percent(share(sign))} %`,
          classes: "number",
        })),
      };
    }),
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
function rightsByClass(cell: ResampledCell, { names, classOfImage }: TestLevel): readonly number[] {
  const rights = names.map(() => 0);
  for (const correct of cell.correct) {
    classOfImage.forEach((own, image) => rights[own]! += correct[image]! / cell.correct.length);
  }
  return rights;
}
