import * as z from "zod";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { type DataSet, emptyList } from "@/lib/data/data_set.ts";
import type { ImageList } from "@/lib/data/listing/image_list.ts";
import { drawImage, leavesOf, worldNames, worldTree, worldVersion } from "@/lib/worlds/mod.ts";

/** A built-in world: pictures that are drawn, as many as are asked for, each when it is read. */
export const world = adapter({
  schema: z.strictObject({ dataset: z.literal("world"), world: z.enum(worldNames) }),
  paths: {},
  open({ world }, { seed, train, test } = { seed: 0, train: 0, test: 0 }) {
    const listOf = (split: "train" | "test", length: number): ImageList => ({
      length,
      leaves: leavesOf(world, { seed, split, count: length }),
      file: (index) => ({ path: `${split}/${index}`, size: 1, offset: index, tree: 0 }),
    });
    const data: DataSet = {
      hierarchy: worldTree(world),
      train: listOf("train", train),
      test: listOf("test", test),
      unlabelled: emptyList,
      trees: [],
      otherFiles: [],
      leftOut: {},
      read(split, index, px = 32) {
        const pixels = new Uint8Array(px * px * 3);
        drawImage(world, { seed, split, index, size: px }, pixels);
        return Promise.resolve({ pixels, width: px, height: px });
      },
      [Symbol.dispose]() {},
    };
    return Promise.resolve(data);
  },
  drawn: ({ world }, { seed, train, test }) => ({
    identity: { world, worldVersion, seed, train, test },
    source: `built-in world ${world}, drawn from seed ${seed}`,
  }),
});
