import { permutation, randomAt } from "@/lib/base/random.ts";
import { type Pack, readPack } from "@/lib/data/pack.ts";
import { resized } from "@/lib/data/resized.ts";
import { tileSheet } from "@/lib/data/tiles.ts";
import { nearestNeighbours } from "@/lib/probe/nearest_neighbours.ts";
import { readFloats, writeArray } from "@/lib/run/arrays.ts";
import { startEngine } from "@/lib/run/engine.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import type { Job } from "@/lib/run/job.ts";

// Side of a shown image, in pixels.
const shown = 40;

/**
 * Draws a few test images, each with its nearest training images by the cosine of the features of each encoder: a row a
 * query, the encoders' neighbours apart from each other.
 */
export async function work(job: Job<"neighbours">): Promise<InfoOf<"neighbours">> {
  await startEngine(job.engine);
  const { spec } = job.step;
  const { images, ...features } = job.inputs;
  const pack = await readPack(images);
  const queries = queriesOf(pack, spec.queries);
  const found: Found[] = [];
  for (const [method, folder] of Object.entries(features)) {
    found.push({ method, rows: await nearest(folder, { pack, queries, count: spec.neighbours }) });
  }
  const tiles = async (split: "train" | "test", numbers: readonly number[]) => {
    const size = pack.px * pack.px * 3;
    const read = await pack.split(split).read(numbers);
    return await Promise.all(
      numbers.map((_, i) =>
        resized(read.subarray(i * size, (i + 1) * size), { from: pack.px, to: shown })
      ),
    );
  };
  const blank = new Uint8Array(shown * shown * 3).fill(255);
  const sheet = await Promise.all(queries.map(async (query, i) => {
    const groups = await Promise.all(found.map(({ rows }) => tiles("train", rows[i]!)));
    return [...await tiles("test", [query]), ...groups.flatMap((group) => [blank, ...group])];
  }));
  await writeArray(
    `${job.out}/neighbours.png`,
    await tileSheet(sheet, { px: shown, palette: true }),
  );
  const classOf = (split: "train" | "test", image: number) =>
    pack.hierarchy.leaves[pack.split(split).labels[image]!]!.name;
  return {
    queries: queries.map((query, i) => ({
      class: classOf("test", query),
      found: found.map(({ method, rows }) => ({
        method,
        classes: rows[i]!.map((image) => classOf("train", image)),
      })),
    })),
  };
}

/** The nearest training images of each query by the features of one encoder. */
interface Found {
  readonly method: string;
  readonly rows: readonly (readonly number[])[];
}

/** Test images of different classes, as far as there are as many; the same for every store. */
function queriesOf(pack: Pack, count: number): readonly number[] {
  const { labels } = pack.split("test");
  const chosen = new Map<number, number>();
  for (const image of permutation(pack.test, randomAt(0, "neighbours"))) {
    if (chosen.size < count && !chosen.has(labels[image]!)) chosen.set(labels[image]!, image);
  }
  return [...chosen.values()];
}

/** The nearest training images of each query. */
async function nearest(
  folder: string,
  { pack, queries, count }: {
    readonly pack: Pack;
    readonly queries: readonly number[];
    readonly count: number;
  },
): Promise<readonly (readonly number[])[]> {
  const bank = await readFloats(`${folder}/train.f32`);
  const test = await readFloats(`${folder}/test.f32`);
  const dim = bank.length / pack.train;
  const asked = new Float32Array(queries.length * dim);
  queries.forEach((query, i) => asked.set(test.subarray(query * dim, (query + 1) * dim), i * dim));
  const { rows, count: each } = await nearestNeighbours(bank, { queries: asked, dim, count });
  return queries.map((_, i) => [...rows.subarray(i * each, (i + 1) * each)]);
}
