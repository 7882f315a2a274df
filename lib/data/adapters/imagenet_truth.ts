import { InputError } from "@/lib/base/errors.ts";
import { readLines } from "@/lib/data/text_lines.ts";

/** Where the classes of the validation images are said. */
export interface TruthFiles {
  readonly ground_truth: string | undefined;
  readonly synsets: string | undefined;
  /** The folder or tar of the validation images. */
  readonly validation: string;
  /** The number of a class by its WordNet id; throws where there is none. */
  readonly classOf: (id: string, place: string) => number;
}

/**
 * The class of each validation image, in the order of their numbers.
 *
 * @throws {InputError} If a file is missing, or a line is neither a WordNet id nor a number with a line in `synsets`.
 */
export async function validationClasses(files: TruthFiles): Promise<number[]> {
  const { ground_truth, synsets, validation, classOf } = files;
  if (ground_truth === undefined) {
    throw new InputError(
      validation,
      "its images stand in no class folders, and there is no ground truth",
      "Name ILSVRC2012_validation_ground_truth.txt as ground_truth, with synsets",
    );
  }
  const ids = synsets === undefined ? undefined : await readSynsets(synsets, classOf);
  const classes: number[] = [];
  for await (const { text, number } of readLines(ground_truth)) {
    const value = text.trim();
    const place = `${ground_truth}:${number}`;
    if (!/^\d+$/.test(value)) {
      classes.push(classOf(value, place));
      continue;
    }
    if (ids === undefined) {
      throw new InputError(
        place,
        `the class is the number ${value}, which only the development kit's order of classes explains`,
        "Name a file with the WordNet ids in the order of ILSVRC2012_ID as synsets",
      );
    }
    const id = ids[Number(value) - 1];
    if (id === undefined) {
      throw new InputError(
        place,
        `the class is the number ${value}, and synsets has ${ids.length} lines`,
        "Use numbers of 1 to 1000 and a synsets file of 1,000 lines",
      );
    }
    classes.push(classOf(id, place));
  }
  return classes;
}

/** The WordNet ids of a file, one a line; what follows an id does not count. */
async function readSynsets(path: string, classOf: TruthFiles["classOf"]): Promise<string[]> {
  const ids: string[] = [];
  let isSorted = true;
  for await (const { text, number } of readLines(path)) {
    const id = text.trim().split(/\s+/)[0]!;
    classOf(id, `${path}:${number}`);
    isSorted &&= ids.length === 0 || ids.at(-1)! < id;
    ids.push(id);
  }
  if (new Set(ids).size === ids.length && !(isSorted && ids.length === 1000)) return ids;
  throw new InputError(
    path,
    isSorted ? "its ids are sorted, which is not the order of ILSVRC2012_ID" : "an id stands twice",
    "Use the order of the development kit's meta.mat, which begins with n02119789",
  );
}
