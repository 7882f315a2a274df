import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { pictureOfArray } from "@/lib/data/adapters/glc20_array.ts";
import { PATCH_SIDE } from "@/lib/data/adapters/glc20_form.ts";
import { readLandCover } from "@/lib/data/adapters/glc20_land_cover.ts";
import { readObservations } from "@/lib/data/adapters/glc20_observations.ts";
import { patchFinder } from "@/lib/data/adapters/glc20_patch.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { openTree } from "@/lib/data/files/file_tree.ts";

/**
 * GeoLifeCLEF 2020 (arXiv 2004.04192) and its successors of 2021 and 2022. `observations` are the csv files (one region or
 * both), `patches` the folder that holds the patches of a region or of both as `<last two digits>/<two before>/<id>`:
 * - 2020: `<id>.npy`, uint8 `[256, 256, channels]` or channels first, of red, green, blue, near infrared and land cover; the
 *   altitude beside it is not read;
 * - 2021 and 2022: `<id>_rgb.jpg` and `<id>_landcover.tif`.
 *
 * `land_cover` is the csv of the suggested alignment of the two regions' land-cover codes, which came with 2021 and 2022.
 *
 * The label is the aligned land-cover class at the patch's centre, where the observation was made. What the column `subset`,
 * or without it (2020) the file's name, calls `train` is trained on, the rest tested on. Both rules are this project's own: the
 * paper's are not known. Written after public descriptions and loaders; the real files were not at hand.
 */
export const glc20 = adapter({
  schema: z.strictObject({
    dataset: z.literal("glc20"),
    observations: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    patches: z.string().min(1),
    land_cover: z.string().min(1).optional(),
  }),
  paths: { observations: "files", patches: "folder", land_cover: "file" },
  async open({ observations, patches, land_cover }): Promise<DataSet> {
    if (land_cover === undefined) {
      throw new InputError(
        patches,
        "land_cover, which gives each land-cover code its class, is missing",
        "Name landcover_suggested_alignment.csv of GeoLifeCLEF 2021 or 2022 as land_cover; the files of 2020 have none",
      );
    }
    const cover = await readLandCover(land_cover);
    const hierarchy = {
      levels: ["cover"],
      leaves: cover.names.map((name) => ({ name, path: [name] })),
    };
    const lists = classLists(hierarchy, { train: patches, test: patches });
    const files = typeof observations === "string" ? [observations] : observations;
    const find = patchFinder(patches);
    const met = { train: 0, test: 0 };
    const apart: string[] = [];
    const named = new Set<string>();
    const verbs = { train: "trained", test: "tested" };
    for (const file of files) {
      for await (const { id, split, isNamed, line } of readObservations(file)) {
        const { path, size, landCover, code } = await find(id, `${file}:${line}`);
        const label = cover.classOf.get(code);
        if (label === undefined) {
          throw new InputError(
            `${patches}/${landCover}`,
            `its land cover at the centre is ${code}, which has no line in ${land_cover}`,
            "Use the alignment of this region's codes",
          );
        }
        if (landCover !== path) apart.push(`${patches}/${landCover}`);
        lists.add(split, { path, size, offset: 0, tree: 0 }, label);
        met[split]++;
        if (isNamed) {
          named.add(`${file} has no column subset: by its name it is ${verbs[split]} on`);
        }
      }
    }
    for (const [split, example] of [["train", "us_train"], ["test", "us_test"]] as const) {
      if (met[split] > 0) continue;
      throw new InputError(
        files.join(", "),
        `there are no observations to ${split} on`,
        `Name such a file too (2020: occurrences_${example}.csv), or say it in the column subset`,
      );
    }
    const { found: finished } = lists.finish("class");
    return {
      ...finished,
      trees: [openTree(patches)],
      otherFiles: [...files, land_cover, ...apart],
      leftOut: {},
      readAs: [...named],
      async read(split, index) {
        const path = `${patches}/${finished[split].file(index).path}`;
        if (!path.endsWith(".npy")) return { encoded: await Deno.readFile(path) };
        return { pixels: await pictureOfArray(path), width: PATCH_SIDE, height: PATCH_SIDE };
      },
      [Symbol.dispose]() {},
    };
  },
});
