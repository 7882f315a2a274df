import { dirname } from "node:path";
import { InputError } from "@/lib/base/errors.ts";
import { codeOfArray } from "@/lib/data/adapters/glc20_array.ts";
import { type PatchForm, patchForms } from "@/lib/data/adapters/glc20_form.ts";
import { codeOfTif } from "@/lib/data/adapters/glc20_tif.ts";
import { unreadable } from "@/lib/base/text_lines.ts";

/** The patch of an observation. */
export interface Patch {
  /** Of the file with the picture, below the folder of patches. */
  readonly path: string;
  /** Bytes of that file. */
  readonly size: number;
  /** The file with the land cover, below the folder of patches; often the same. */
  readonly landCover: string;
  /** The land-cover code at the centre. */
  readonly code: number;
}

/** A place at which a patch may stand, and its form there. */
interface Candidate extends PatchForm {
  /** The path without the end of the name. */
  readonly stem: string;
}

/**
 * A way to the patches below a folder. The layouts of all releases are tried, that of the patch before first.
 *
 * @returns Finds a patch by the observation's id; `asker` is who asks, for the message.
 * @throws {InputError} (when called) If there is no patch, part of it is missing, or it has another form.
 */
export function patchFinder(folder: string): (id: string, asker: string) => Promise<Patch> {
  let last = 0;
  return async (id, asker) => {
    const all = candidates(id);
    const order = [last, ...all.keys()].filter((i) => i < all.length);
    for (const i of order) {
      const { stem, picture, landCover } = all[i]!;
      const found = await codeAt(`${folder}/${stem}${landCover}`);
      if (found === undefined) continue;
      last = i;
      const path = `${stem}${picture}`;
      const size = found.size ?? await sizeOf(`${folder}/${path}`, asker);
      return { path, size, landCover: `${stem}${landCover}`, code: found.code };
    }
    throw await missing(folder, { id, asker, all: order.map((i) => all[i]!) });
  };
}

/** The code of a patch's land cover, and the size of its file where that holds the picture too; undefined if it is not there. */
async function codeAt(path: string): Promise<{ code: number; size?: number } | undefined> {
  try {
    return path.endsWith(".npy") ? await codeOfArray(path) : { code: await codeOfTif(path) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw unreadable(path, error);
  }
}

async function sizeOf(path: string, asker: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch {
    throw new InputError(
      path,
      `the patch that ${asker} asks for has land cover and no picture there`,
      unpack,
    );
  }
}

const unpack = "Unpack all patches, or leave the observation out";

/** Says where a patch was looked for, and what there is of it. */
async function missing(
  folder: string,
  { id, asker, all }: {
    readonly id: string;
    readonly asker: string;
    readonly all: readonly Candidate[];
  },
): Promise<InputError> {
  for (const { stem } of all) {
    const entries = await Array.fromAsync(Deno.readDir(`${folder}/${dirname(stem)}`))
      .catch(() => []);
    const parts = entries.map(({ name }) => name).filter((name) => name.startsWith(`${id}_`));
    if (parts.length === 0) continue;
    const form = patchForms.find(({ picture }) => parts.some((name) => name.endsWith(picture)));
    const wanted = form ?? patchForms[0]!;
    return new InputError(
      `${folder}/${stem}${wanted.landCover}`,
      `the patch that ${asker} asks for cannot be read: of GeoLifeCLEF ${wanted.years} this file is missing, beside ${
        parts.sort().join(", ")
      }`,
      unpack,
    );
  }
  const ends = patchForms.map(({ years, landCover }) => `${id}${landCover} (${years})`);
  return new InputError(
    `${folder}/${all[0]!.stem}${all[0]!.landCover}`,
    `the patch that ${asker} asks for cannot be read: there is neither ${
      ends.join(" nor ")
    }, here or in a folder of its region`,
    unpack,
  );
}

/** Where a patch may stand: below folders of the last two digits and the two before, of a region or the tars of one. */
function candidates(id: string): Candidate[] {
  // Ids of 2020 have eight digits in France and fewer in the US; later ones begin with 1 and 2.
  const region = id.length === 8 && id.startsWith("1") ? "fr" : "us";
  const hundred = Number(id.slice(-2)), part = `${Math.floor(hundred / 5) + 1}`.padStart(2, "0");
  const prefixes = [
    "",
    `patches_${region}/`,
    `patches-${region}/`,
    `${region}/`,
    `patches/${region}/`,
    `patches_${region}_${part}/`,
    `patches_${region}/patches_${region}_${part}/`,
  ];
  // Below 1,000 one finds both 73/1 and 73/01.
  const digits = [id.padStart(4, "0"), id]
    .map((text) => [text.slice(-2), text.slice(-4, -2), id].filter(Boolean).join("/"));
  return patchForms.flatMap((form) =>
    digits.flatMap((path) => prefixes.map((prefix) => ({ ...form, stem: `${prefix}${path}` })))
  );
}
