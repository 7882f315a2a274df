import { dirname } from "node:path";
import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { type CsvImage, findImages } from "@/lib/data/adapters/csv_images.ts";
import { readCsv } from "@/lib/data/adapters/csv_table.ts";
import { fromTrees } from "@/lib/data/adapters/from_trees.ts";
import { splits } from "@/lib/data/data_set.ts";
import { labelledRows } from "@/lib/data/listing/labelled_rows.ts";
import {
  type NamedSplit,
  splitNamed,
  splitWords,
  testedOf,
  testedParts,
  unusedNote,
} from "@/lib/data/listing/split_names.ts";

const some = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const schema = z.strictObject({
  dataset: z.literal("csv"),
  path: z.string().min(1).optional(),
  train: some.optional(),
  test: some.optional(),
  unlabelled: some.optional(),
  image: z.string().min(1).optional(),
  labels: some.optional(),
  split: z.string().min(1).optional(),
  tested: z.enum(testedParts).optional(),
}).refine(
  ({ path, train, test, unlabelled }) =>
    path === undefined ? train ?? unlabelled : [train, test, unlabelled].every((one) => !one),
  {
    path: ["path"],
    message:
      "either path names one table with a column split, or train, test and unlabelled one each",
  },
);

/**
 * Tables of paths and classes, comma-separated or with tabs or semicolons: `path` is one with a column that says the split, or
 * `train`, `test` and `unlabelled` are one or several each. `image`, `labels` (fine to coarse) and `split` name columns; by default
 * the first has the paths (but for one without a name that numbers the rows), and all others but `split` the classes.
 */
export const csv = adapter({
  schema,
  paths: { path: "file", train: "files", test: "files", unlabelled: "files" },
  async open(binding) {
    const { levels, images, place } = await readTables(binding);
    const folders = [...new Set(images.map(({ table }) => dirname(table)))];
    return fromTrees(folders, () => {
      const rows = labelledRows(levels, place);
      const counts = { test: 0, val: 0 };
      for (const { split } of images) if (split === "test" || split === "val") counts[split]++;
      const { tested, unused } = testedOf((split) => counts[split] > 0, binding.tested);
      if (binding.tested !== undefined && counts[tested] === 0) {
        throw new InputError(place, `no row is of ${tested}`, "Leave out tested, or correct it");
      }
      for (const { split, table, path, size, row } of images) {
        if (split === unused) continue;
        const file = { path, size, offset: 0, tree: folders.indexOf(dirname(table)) };
        if (split === "unlabelled") {
          rows.addUnlabelled(file);
          continue;
        }
        const empty = row.classes.indexOf("");
        if (empty >= 0) {
          throw new InputError(
            row.at,
            `the cell "${levels[empty]}" is empty`,
            "Name the class; images without one are of the split unlabelled",
          );
        }
        rows.add(split === "train" ? "train" : "test", file, row.classes);
      }
      const { readAs, ...lists } = rows.finish("class");
      const notes = unused === undefined
        ? []
        : [unusedNote(place, { images: counts[unused], tested, unused })];
      const otherFiles = tablesOf(binding).map(({ path }) => path);
      return Promise.resolve({ ...lists, otherFiles, leftOut: {}, readAs: [...readAs, ...notes] });
    });
  },
  async alsoRead(binding) {
    const { images } = await readTables(binding);
    return images.map(({ table, path }) => `${dirname(table)}/${path}`);
  },
});

type CsvBinding = z.output<typeof schema>;

/** The tables of a binding, each with the split of its rows; `null` where they say it themselves. */
function tablesOf({ path, ...files }: CsvBinding) {
  if (path !== undefined) return [{ path, split: null }];
  return splits.flatMap((split) => [files[split] ?? []].flat().map((path) => ({ path, split })));
}

/** An image of a table, and its part of the data set. */
interface ListedImage extends CsvImage {
  readonly table: string;
  readonly split: NamedSplit;
}

async function readTables(binding: CsvBinding): Promise<{
  readonly levels: readonly string[];
  readonly images: readonly ListedImage[];
  readonly place: string;
}> {
  const labels = binding.labels === undefined ? undefined : [binding.labels].flat();
  const tables = tablesOf(binding), images: ListedImage[] = [];
  const place = tables[0]!.path;
  let levels: readonly string[] | undefined;
  for (const { path, split } of tables) {
    const isBare = split === "unlabelled";
    const { image, split: column } = binding;
    // Whose classes are not asked for need have no column of them.
    const table = await readCsv(path, { image, labels: isBare ? [] : labels, split: column });
    if (!isBare) {
      levels ??= table.levels;
      if (table.levels.join("\0") !== levels.join("\0")) {
        throw new InputError(
          path,
          `its columns of classes are ${table.levels.join(", ")}, and those of ${place} ${
            levels.join(", ")
          }`,
          "Name those that both have with labels, fine to coarse",
        );
      }
    }
    for (const found of await findImages(table.rows, path)) {
      images.push({ ...found, table: path, split: split ?? splitOf(found) });
    }
  }
  return { levels: levels ?? [], images, place };
}

function splitOf({ row: { at, split } }: CsvImage): NamedSplit {
  const named = split === null ? undefined : splitNamed(split);
  if (named !== undefined) return named;
  throw new InputError(
    at,
    split === null
      ? "no column says which images are trained and which tested on"
      : `the split is "${split}"`,
    split === null
      ? "Name it with split, or give two tables, as train and test"
      : `Use ${splitWords}`,
  );
}
