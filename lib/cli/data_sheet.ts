import { checkOut, type SealedFolder, writeSealed } from "@/lib/cli/sealed_folder.ts";
import {
  type Binding,
  classesAt,
  contactRows,
  decodeAt,
  type Labelled,
  openDataSet,
  type Split,
  tileSheet,
  unlabelledRows,
  type WorldSize,
} from "@/lib/data/mod.ts";

/** The most rows and columns of a sheet, and the seed that chooses its images. */
const sheetSize = { rows: 24, columns: 16, seed: 0 };

/** A sheet that was drawn. */
export interface DrawnSheet {
  readonly path: string;
  /** What is on it, in words. */
  readonly shows: string;
}

/** Training images by number. */
interface Pictures extends Labelled {
  /** RGB of 0 to 255, `[px, px, 3]`. */
  picture(index: number, px: number): Promise<Uint8Array>;
}

/**
 * Makes sure, before data sets are opened, that sheets can be written into a folder.
 *
 * @throws {InputError} If not.
 */
export async function checkSheetFolder(folder: string): Promise<void> {
  await checkOut(sealed(folder), []);
}

/**
 * Draws a contact sheet of every level of a role's label tree, coarsest first, and one of its images without labels, decoding
 * only the images shown.
 *
 * @param options `px`: the side of an image on the sheet; `out`: a folder, made when missing.
 * @throws {InputError} If a sheet would replace what this project did not write, or cannot be written.
 */
export async function drawSheets(
  role: string,
  binding: Binding,
  { px, out }: { readonly px: number; readonly out: string },
): Promise<readonly DrawnSheet[]> {
  using dataSet = await openDataSet(binding, await sizeOf(binding));
  const { hierarchy, train, unlabelled } = dataSet;
  const pictureOf = (split: Split) => async (index: number, px: number): Promise<Uint8Array> => {
    const found = await decodeAt(dataSet, { split, index, px });
    // A broken file shows as a black square.
    return "reason" in found ? new Uint8Array(px * px * 3) : found.image;
  };
  const labelled = { hierarchy, labels: train.leaves, picture: pictureOf("train") };
  const drawn = train.length === 0 ? [] : await drawLevels(labelled, { role, px, out });
  if (unlabelled.length === 0) return drawn;
  const rows = unlabelledRows(unlabelled.length, sheetSize);
  const name = `${role}-unlabelled.png`;
  await checkOut(sealed(out), [name]);
  const sheet = await drawRows(rows, { picture: pictureOf("unlabelled"), px });
  const [path] = await writeSealed(sealed(out), { [name]: sheet }, { inputs: "" });
  const shows = `${rows.flat().length} of ${unlabelled.length} images without labels`;
  return [...drawn, { path: path!, shows }];
}

async function drawRows(
  rows: readonly (readonly number[])[],
  { picture, px }: Pick<Pictures, "picture"> & { readonly px: number },
): Promise<Uint8Array> {
  const tiles = await Promise.all(
    rows.map((images) => Promise.all(images.map((index) => picture(index, px)))),
  );
  return await tileSheet(tiles, { px });
}

async function drawLevels(
  pictures: Pictures,
  { role, px, out }: { readonly role: string; readonly px: number; readonly out: string },
): Promise<readonly DrawnSheet[]> {
  const { hierarchy, picture } = pictures;
  const levels = hierarchy.levels.toReversed();
  const names = sheetNames(role, levels);
  await checkOut(sealed(out), names);
  const shown: string[] = [];
  const files: Record<string, Uint8Array> = {};
  for (const [number, level] of levels.entries()) {
    const rows = contactRows(pictures, { ...sheetSize, level });
    files[names[number]!] = await drawRows(rows.map(({ images }) => images), { picture, px });
    const classes = classesAt(hierarchy, level).names.length;
    shown.push(
      `${level}, ${rows.length} of ${classes}: ${rows.map(({ name }) => name).join(", ")}`,
    );
  }
  const paths = await writeSealed(sealed(out), files, { inputs: "" });
  return shown.map((shows, i) => ({ path: paths[i]!, shows }));
}

/** The names of a role's sheets, numbered in the order of its levels. */
function sheetNames(role: string, levels: readonly string[]): readonly string[] {
  return levels.map((level, i) => {
    const place = `${i + 1}`.padStart(`${levels.length}`.length, "0");
    return `${role}-${place}-${level.replace(/[^\p{L}\p{N}]+/gu, "-")}.png`;
  });
}

function sealed(folder: string): SealedFolder {
  return { folder, seal: "sheets.json" };
}

/** As many of a world's pictures as fill a row for every leaf; nothing for what has images of its own. */
async function sizeOf(binding: Binding): Promise<WorldSize | undefined> {
  if (binding.dataset !== "world") return undefined;
  using world = await openDataSet(binding);
  return { train: world.hierarchy.leaves.length * sheetSize.columns, test: 0, seed: 0 };
}
