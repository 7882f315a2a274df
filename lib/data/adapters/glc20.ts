import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import { readLandCover } from "@/lib/data/adapters/glc20_land_cover.ts";
import { readObservations } from "@/lib/data/adapters/glc20_observations.ts";
import { PATCH_SIDE, patchPath, readCode, readPicture } from "@/lib/data/adapters/glc20_patch.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { openTree } from "@/lib/data/file_tree.ts";

/**
 * GeoLifeCLEF 2020 (arXiv 2004.04192): `observations` are its csv files (one region or both), `patches` the folder that
 * holds the patches as `<last two digits>/<two before>/<id>.npy`, each uint8 `[channels, 256, 256]` of red, green, blue,
 * near infrared and land cover, and `land_cover` the csv of the suggested alignment of the land-cover codes.
 *
 * The label is the aligned land-cover class at the patch's centre, where the observation was made; observations whose
 * `subset` is `train` are trained on, the others tested on. The paper's own rule and split are not known. Written after the
 * publisher's description; the real files were not at hand.
 */
export const glc20 = adapter({
  schema: z.strictObject({
    dataset: z.literal("glc20"),
    observations: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    patches: z.string().min(1),
    land_cover: z.string().min(1),
  }),
  paths: { observations: "files", patches: "folder", land_cover: "file" },
  async open({ observations, patches, land_cover }): Promise<DataSet> {
    const cover = await readLandCover(land_cover);
    const hierarchy = {
      levels: ["cover"],
      leaves: cover.names.map((name) => ({ name, path: [name] })),
    };
    const lists = classLists(hierarchy, { train: patches, test: patches });
    const files = typeof observations === "string" ? [observations] : observations;
    for (const file of files) {
      for await (const { id, subset, line } of readObservations(file)) {
        const path = patchPath(id);
        const { code, size } = await readCode(`${patches}/${path}`, `${file}:${line}`);
        const label = cover.classOf.get(code);
        if (label === undefined) {
          throw new InputError(
            `${patches}/${path}`,
            `its land cover at the centre is ${code}, which has no line in ${land_cover}`,
            "Use the alignment of this region's codes",
          );
        }
        const split = subset === "train" ? "train" : "test";
        lists.add(split, { path, size, offset: 0, tree: 0 }, label);
      }
    }
    const { found: finished } = lists.finish("class");
    return {
      ...finished,
      trees: [openTree(patches)],
      otherFiles: [...files, land_cover],
      leftOut: {},
      async read(split, index) {
        const pixels = await readPicture(`${patches}/${finished[split].file(index).path}`);
        return { pixels, width: PATCH_SIDE, height: PATCH_SIDE };
      },
      [Symbol.dispose]() {},
    };
  },
});
