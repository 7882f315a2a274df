import { InputError } from "@/lib/base/errors.ts";
import { type TruthForm, type TruthLine, truthLines } from "@/lib/data/adapters/imagenet_lines.ts";
import { readLines } from "@/lib/base/text_lines.ts";

/** The images of ILSVRC's validation set, which a list without names counts. */
const whole = 50_000;

/** Where the classes of the validation images are said. */
export interface TruthFiles {
  readonly ground_truth: string | undefined;
  readonly synsets: string | undefined;
  /** The folder or tar of the validation images. */
  readonly validation: string;
  /** The names of the images whose classes are asked for. */
  readonly images: readonly string[];
  /** The WordNet ids of all classes, sorted. */
  readonly ids: readonly string[];
  /** The number of a class by its WordNet id; throws where there is none. */
  readonly classOf: (id: string, place: string) => number;
  /** Whether there are training images of a class. */
  readonly isTrained: (number: number) => boolean;
}

/** What the ground truth says. */
export interface ValidationClasses {
  /** The class of each image. */
  readonly classes: readonly number[];
  /** How the file was understood, as a sentence. */
  readonly readAs: string;
}

/**
 * The class of each image. The ground truth's own form says how it is read: a WordNet id a line, in the order of the
 * images' numbers; a number of 1 to 1000 a line, likewise, which counts the lines of `synsets` (the development kit's); a
 * name and a WordNet id (Kaggle's, Tiny ImageNet's); a name and a number of 0 to 999, which counts the sorted ids (Caffe's).
 *
 * @throws {InputError} If a file is missing, a line has none of these forms or another than those before, or an image has no
 * line.
 */
export async function validationClasses(files: TruthFiles): Promise<ValidationClasses> {
  const { ground_truth, synsets, validation, images } = files;
  if (ground_truth === undefined) {
    throw new InputError(
      validation,
      "its images are not in class folders, and there is no ground truth",
      "Name ILSVRC2012_validation_ground_truth.txt with synsets, LOC_val_solution.csv or Caffe's val.txt as ground_truth",
    );
  }
  const lines: TruthLine[] = [];
  const { form } = await truthLines(ground_truth, (line) => lines.push(line));
  const idOf = await idReader(form, { ...files, ground_truth, synsets });
  const classes = lines.map((line) => {
    const place = `${ground_truth}:${line.number}`;
    return { ...line, place, found: files.classOf(idOf(line.value, place), place) };
  });
  if (form === "named numbers" && synsets === undefined) {
    const stray = classes.find(({ found }) => !files.isTrained(found));
    if (stray) {
      throw new InputError(
        stray.place,
        `the number ${stray.value} is ${
          files.ids[stray.found]
        } in the order of all sorted WordNet ids, and there is no training image of it`,
        "If the numbers count some of the classes only, name a file of their ids, sorted, as synsets",
      );
    }
  }
  const lineOf = form === "ids" || form === "numbers"
    ? byNumber(classes, { ground_truth, validation, images })
    : byName(classes, ground_truth);
  return {
    classes: images.map((image) => lineOf(image).found),
    readAs: `${ground_truth} is read as ${meanings[form]}`,
  };
}

const meanings: Readonly<Record<TruthForm, string>> = {
  ids: "a WordNet id a line, in the order of the images' numbers",
  numbers: "an ILSVRC2012_ID of 1 to 1000 a line, in the order of the images' numbers",
  "named ids": "a name and a WordNet id a line",
  "named numbers": "a name and a number a line, which counts the sorted WordNet ids from 0",
};

/** Says the WordNet id that a line's value means. */
async function idReader(
  form: TruthForm,
  { ground_truth, synsets, ids: all, classOf }: TruthFiles & { readonly ground_truth: string },
): Promise<(value: string, place: string) => string> {
  if (form === "ids" || form === "named ids") return (id) => id;
  const listed = synsets === undefined ? undefined : await readSynsets(synsets, classOf);
  if (form === "named numbers") {
    if (listed && !listed.isSorted) {
      throw new InputError(
        synsets!,
        `its ids are not sorted, and ${ground_truth} is a list in Caffe's form, whose numbers count sorted ids`,
        "Leave synsets out, or name the ids that are counted, sorted",
      );
    }
    const ids = listed?.ids ?? all;
    return (value, place) => {
      const id = ids[Number(value)];
      if (id !== undefined) return id;
      throw new InputError(
        place,
        `the class is the number ${value}, and beside a name numbers go from 0 to ${
          ids.length - 1
        }`,
        "Use a list that counts the sorted WordNet ids from 0 on, or give the ids themselves",
      );
    };
  }
  if (listed?.isSorted && listed.ids.length === all.length) {
    throw new InputError(
      synsets!,
      "its ids are sorted, which is not the order of ILSVRC2012_ID",
      orderRemedy,
    );
  }
  return (value, place) => {
    if (listed === undefined) {
      throw new InputError(
        place,
        `the class is the number ${value}, which only the development kit's order of classes explains`,
        "Name a file with the WordNet ids in the order of ILSVRC2012_ID as synsets",
      );
    }
    const id = listed.ids[Number(value) - 1];
    if (id !== undefined) return id;
    throw new InputError(
      place,
      `the class is the number ${value}, and synsets has ${listed.ids.length} lines`,
      "Use numbers of 1 to 1000 and a synsets file of 1,000 lines; numbers of 0 to 999 need the images' names beside them",
    );
  };
}

const orderRemedy = "Use the order of the development kit's meta.mat, which begins with n02119789";

/** The WordNet ids of a file, one a line; what follows an id does not count. */
async function readSynsets(path: string, classOf: TruthFiles["classOf"]) {
  const ids: string[] = [];
  let isSorted = true;
  for await (const { text, number } of readLines(path)) {
    const id = text.trim().split(/[\s,]+/)[0]!;
    if (!/^n\d{8}$/.test(id)) {
      throw new InputError(
        `${path}:${number}`,
        `the line begins with ${id.slice(0, 40)}, and not with a WordNet id`,
        "Write an id such as n01440764 a line",
      );
    }
    classOf(id, `${path}:${number}`);
    isSorted &&= ids.length === 0 || ids.at(-1)! < id;
    ids.push(id);
  }
  if (new Set(ids).size === ids.length) return { ids, isSorted };
  throw new InputError(path, "an id occurs twice", orderRemedy);
}

interface ClassedLine extends TruthLine {
  readonly place: string;
  readonly found: number;
}

/** Finds an image's line by its number, in a list that has a line for each number. */
function byNumber(
  lines: readonly ClassedLine[],
  { ground_truth, validation, images }: {
    readonly ground_truth: string;
    readonly validation: string;
    readonly images: readonly string[];
  },
): (image: string) => ClassedLine {
  const numberOf = (image: string): number => {
    const number = keyOf(image);
    if (/^\d{8}$/.test(number)) return Number(number);
    throw new InputError(
      `${validation}: ${image}`,
      `the image is not in a folder named after a WordNet id, its name has no number, and ${ground_truth} has no names`,
      "Keep the names ILSVRC2012_val_00000001.JPEG and on, or sort the images into folders",
    );
  };
  const last = images.reduce((most, image) => Math.max(most, numberOf(image)), 0);
  const missing = images.find((image) => lines[numberOf(image) - 1] === undefined);
  if (missing !== undefined || (lines.length !== last && lines.length !== whole)) {
    throw new InputError(
      ground_truth,
      missing !== undefined
        ? `it has ${lines.length} lines, and there is an image ${missing}`
        : `it has ${lines.length} lines, and the last image is number ${last}`,
      "Use the ground truth of all 50,000 validation images",
    );
  }
  return (image) => lines[numberOf(image) - 1]!;
}

/** Finds an image's line by the name in it. */
function byName(lines: readonly ClassedLine[], path: string): (image: string) => ClassedLine {
  const named = new Map<string, ClassedLine>();
  for (const line of lines) {
    const known = named.get(keyOf(line.name!));
    if (known !== undefined && known.found !== line.found) {
      throw new InputError(
        line.place,
        `the image ${line.name} has another class than in line ${known.number}`,
        "Keep one of the two lines",
      );
    }
    named.set(keyOf(line.name!), line);
  }
  return (image) => {
    const line = named.get(keyOf(image));
    if (line !== undefined) return line;
    throw new InputError(
      path,
      `it has no line for the image ${image}; its first is for ${lines[0]?.name}`,
      "Use the list of the validation images, such as LOC_val_solution.csv or val.txt",
    );
  };
}

/** What an image is known by: its number in ILSVRC's validation set, or else its name without folders and extension. */
function keyOf(image: string): string {
  const name = image.slice(image.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
  return name.match(/^ILSVRC2012_val_(\d{8})$/i)?.[1] ?? name;
}
