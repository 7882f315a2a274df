import { count, figure, type Html, markup, percent, plural, table } from "@/lib/report/mod.ts";
import { type StudyResults, varianceComponents } from "@/lib/results/mod.ts";

const kinds = {
  given: "a probe of all labels on an encoder that is the same at every seed",
  frozen: "a probe on frozen features",
  trained: "fine-tuned or from scratch",
  pretext: "pretraining’s own task",
} as const;

/** Which part of a typical number's uncertainty is the choice of test images, and which that of seeds. */
export async function uncertainty(study: StudyResults): Promise<Html> {
  const cells = new Map(
    study.experiments.flatMap(({ cells }) => cells)
      .map((cell) => [`${cell.rows[0]!.origin.score}\n${cell.subject.level}`, cell]),
  );
  const parts = varianceComponents([...cells.values()]);
  if (parts.length === 0) {
    return markup`<p>Unknown: with one seed there is no telling how much seeds differ.</p>`;
  }
  return await figure({
    id: "variance-components",
    title: "Test images or seeds?",
    rows: parts,
    line: ({ kind, of, numbers, ofImages, ofOneSeed, seedsShare }) => ({
      kind,
      of,
      numbers,
      sd_images: ofImages,
      sd_one_seed: ofOneSeed,
      seeds_share: seedsShare,
    }),
    tables: (rows) =>
      table({
        label: "Variance components",
        columns: [
          { title: "Kind of number" },
          { title: "Numbers", number: true },
          { title: markup`Other test images<small>± points</small>`, number: true },
          { title: markup`Another seed<small>± points</small>`, number: true },
          {
            title: markup`Due to seeds<small>share of the variance</small>`,
            number: true,
          },
        ],
        rows: rows.map(({ kind, of, numbers, ofImages, ofOneSeed, seedsShare }) => ({
          header: `${of === "accuracy" ? "accuracy" : "difference between two accuracies"}, ${
            kinds[kind]
          }`,
          cells: [
            count(numbers),
            percent(ofImages),
            percent(ofOneSeed),
            `${Math.round(100 * seedsShare)} %`,
          ],
        })),
        caption:
          `Standard deviations: the root of the mean variance of all such numbers. The last column is for the mean over ${
            plural(study.seeds, "seed")
          }: where it is large, more seeds help; where it is small, only more test images do.`,
      }),
  }).draw();
}
