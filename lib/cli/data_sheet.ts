import { checkOut, type SealedFolder, writeSealed } from "@/lib/cli/sealed_folder.ts";
import { openDataSet } from "@/lib/data/adapters/mod.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import { contactRows, type Labelled } from "@/lib/data/contact_rows.ts";
import { classesAt } from "@/lib/data/hierarchy.ts";
import { decodeAt } from "@/lib/data/pictures.ts";
import { tileSheet } from "@/lib/data/tiles.ts";
import { drawImage, leafOf, type WorldName, worldTree } from "@/lib/data/worlds/mod.ts";

/** The most rows and columns of a sheet. */
const rowsOfSheet = 24, columnsOfSheet = 16;

/** A sheet that was drawn. */
export interface DrawnSheet {
  readonly path: string;
  readonly level: string;
  /** Classes of the level. */
  readonly classes: number;
  /** The class of each row. */
  readonly rows: readonly string[];
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
 * Draws a contact sheet of every level of a role's label tree, coarsest first, decoding only the images shown.
 *
 * @param options `px`: the side of an image on the sheet; `out`: a folder, made when missing.
 * @throws {InputError} If a sheet would replace what this project did not write, or cannot be written.
 */
export async function drawSheets(
  role: string,
  binding: Binding,
  { px, out }: { readonly px: number; readonly out: string },
): Promise<readonly DrawnSheet[]> {
  if (binding.dataset === "world") {
    return await drawLevels(worldPictures(binding.world), { role, px, out });
  }
  using dataSet = await openDataSet(binding);
  const { hierarchy, train } = dataSet;
  const picture = async (index: number, px: number): Promise<Uint8Array> => {
    const found = await decodeAt(dataSet, { split: "train", index, px });
    // A broken file shows as a black square.
    return "reason" in found ? new Uint8Array(px * px * 3) : found.image;
  };
  return await drawLevels({ hierarchy, labels: train.leaves, picture }, { role, px, out });
}

async function drawLevels(
  pictures: Pictures,
  { role, px, out }: { readonly role: string; readonly px: number; readonly out: string },
): Promise<readonly DrawnSheet[]> {
  const { hierarchy, picture } = pictures;
  const levels = hierarchy.levels.toReversed();
  const names = sheetNames(role, levels);
  await checkOut(sealed(out), names);
  const drawn: Omit<DrawnSheet, "path">[] = [];
  const files: Record<string, Uint8Array> = {};
  for (const [number, level] of levels.entries()) {
    const rows = contactRows(pictures, {
      level,
      rows: rowsOfSheet,
      columns: columnsOfSheet,
      seed: 0,
    });
    const tiles = await Promise.all(
      rows.map(({ images }) => Promise.all(images.map((index) => picture(index, px)))),
    );
    files[names[number]!] = await tileSheet(tiles, { px });
    const classes = classesAt(hierarchy, level).names.length;
    drawn.push({ level, classes, rows: rows.map(({ name }) => name) });
  }
  const paths = await writeSealed(sealed(out), files, { inputs: "" });
  return drawn.map((one, i) => ({ path: paths[i]!, ...one }));
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

/** As many of a world's pictures as fill a row for every leaf. */
function worldPictures(world: WorldName): Pictures {
  const hierarchy = worldTree(world);
  const address = (index: number) => ({ seed: 0, split: "train", index } as const);
  const count = hierarchy.leaves.length * columnsOfSheet;
  return {
    hierarchy,
    labels: Uint16Array.from({ length: count }, (_, index) => leafOf(world, address(index))),
    picture(index, px) {
      const image = new Uint8Array(px * px * 3);
      drawImage(world, { ...address(index), size: px }, image);
      return Promise.resolve(image);
    },
  };
}
