import * as z from "zod";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { isLimit } from "@/lib/base/system_errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import {
  checkSameNames,
  type ImageColumn,
  imageColumn,
  labelColumns,
} from "@/lib/data/adapters/parquet_columns.ts";
import { type ImageRow, imagesOf, labelsOf, listImages } from "@/lib/data/adapters/parquet_rows.ts";
import { type DataSet, splits } from "@/lib/data/data_set.ts";
import { openParquet, type ParquetFile } from "@/lib/data/files/parquet_file.ts";
import { labelledRows } from "@/lib/data/listing/labelled_rows.ts";

const some = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/**
 * Parquet, as Hugging Face keeps data sets: the files of each split, such as `data/train-*.parquet`. `image` names the column of
 * the images, and `labels` those of the classes, fine to coarse; each can be left out where there is one that it can be.
 */
export const parquet = adapter({
  schema: z.strictObject({
    dataset: z.literal("parquet"),
    train: some.optional(),
    test: some.optional(),
    unlabelled: some.optional(),
    image: z.string().min(1).optional(),
    labels: some.optional(),
  }).refine(({ train, unlabelled }) => train ?? unlabelled, { path: ["train"] }),
  paths: { train: "files", test: "files", unlabelled: "files" },
  async open({ image, labels, ...paths }) {
    const files: Opened[] = [];
    for (const split of splits) {
      for (const path of [paths[split] ?? []].flat()) {
        const file = await openParquet(path);
        files.push({ file, split, column: imageColumn(file, image) });
      }
    }
    const labelled = files.filter(({ split }) => split !== "unlabelled").map(({ file }) => file);
    const named = labels === undefined ? undefined : [labels].flat();
    const levels = labelled.length === 0 ? [] : labelColumns(labelled[0]!, named);
    for (const file of labelled) labelColumns(file, levels);
    checkSameNames(labelled, levels);
    const rows = labelledRows(levels, files[0]!.file.path);
    for (const [tree, { file, split, column }] of files.entries()) {
      for (let group = 0; group < file.groups.length; group++) {
        const images = await reading(file, () => listImages(file, { group, column }));
        const add = (at: number, classes: readonly string[] | null) => {
          const one = { ...images[at]!, tree };
          if (classes === null || split === "unlabelled") rows.addUnlabelled(one);
          else rows.add(split, one, classes);
        };
        if (split === "unlabelled") images.forEach((_, at) => add(at, null));
        else {
          const classes = await reading(file, () => labelsOf(file, { group, columns: levels }));
          classes.forEach((one, at) => add(at, one));
        }
      }
    }
    return dataSetOf(files, rows.finish("place"));
  },
});

interface Opened {
  readonly file: ParquetFile;
  readonly split: typeof splits[number];
  readonly column: ImageColumn;
}

/** The data set of some rows, whose pictures are read a group of rows at a time. */
function dataSetOf(
  files: readonly Opened[],
  lists: ReturnType<ReturnType<typeof labelledRows>["finish"]>,
): DataSet {
  const imageAt = oneGroupAtATime(files);
  return {
    ...lists,
    trees: [],
    otherFiles: [...new Set(files.map(({ file }) => file.path))],
    leftOut: {},
    async read(split, index) {
      const { tree, offset } = lists[split].file(index);
      return { encoded: await imageAt(tree, offset) };
    },
    [Symbol.dispose]() {},
  };
}

/** Reads images of rows; calls wait for each other, and the group that was read last is kept, which may be large. */
function oneGroupAtATime(files: readonly Opened[]) {
  let held: { readonly tree: number; readonly group: number; readonly images: readonly ImageRow[] };
  let last: Promise<unknown> = Promise.resolve();
  async function readNow(tree: number, row: number): Promise<Uint8Array> {
    const { file, column } = files[tree]!;
    const group = file.groups.findLastIndex(({ first }) => first <= row);
    if (held?.tree !== tree || held.group !== group) {
      const images = await reading(file, () => imagesOf(file, { group, column }));
      held = { tree, group, images };
    }
    return held.images[row - file.groups[group]!.first]!.bytes ?? new Uint8Array();
  }
  return (tree: number, row: number): Promise<Uint8Array> => {
    const result = last.then(() => readNow(tree, row));
    last = result.catch(() => {});
    return result;
  };
}

/** What some reading gives, or an error that names the file. */
async function reading<T>({ path }: ParquetFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError || isLimit(error)) throw error;
    throw new InputError(path, `it is damaged: ${messageOf(error)}`, "Copy it again");
  }
}
