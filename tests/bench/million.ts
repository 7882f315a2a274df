import sharp from "sharp";
import { randomAt } from "@/lib/base/random.ts";
import { imageListBuilder } from "@/lib/data/listing/image_list.ts";
import { readPack } from "@/lib/data/pack.ts";
import { openPackWriter } from "@/lib/data/packing/pack_writer.ts";
import { subsetIndices } from "@/lib/data/subset.ts";
import { peakMemory } from "@/lib/train/peak_memory.ts";

const CLASSES = 10_000;

/**
 * Lists a million images, sorts them, looks each up, packs as many small JPEGs, reads some of them, and draws a subset;
 * prints the time that each takes and the memory held.
 */
export async function benchMillion({ images }: { readonly images: number }): Promise<void> {
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  let last = performance.now();
  const tell = (what: string): void => {
    const seconds = ((performance.now() - last) / 1000).toFixed(1);
    const { rss } = Deno.memoryUsage();
    // deno-lint-ignore no-console -- the result of a benchmark
    console.log(
      `${what}: ${seconds} s, in memory ${mebibytes(rss)}, at most ${mebibytes(peakMemory())}`,
    );
    last = performance.now();
  };
  tell("begun");
  const builder = imageListBuilder();
  const random = randomAt(1, "million");
  for (let i = 0; i < images; i++) {
    const group = random.integer(CLASSES);
    const path = `train/${String(group).padStart(5, "0")}_Animalia_Arthropoda_Insecta/${
      random.integer(2 ** 31).toString(16).padStart(8, "0")
    }-${i}.jpg`;
    builder.add({ path, size: 50_000 + i, offset: 0, tree: 0 }, group);
  }
  tell(`${images} images listed`);
  const leafOfGroup = Uint16Array.from({ length: CLASSES }, (_, i) => i);
  const list = builder.finish({ leafOfGroup, order: "class" });
  tell("sorted by class and path");
  let bytes = 0;
  for (let i = 0; i < list.length; i++) bytes += list.file(i).size;
  tell(`each looked up once (${bytes} bytes in all)`);

  const folder = await Deno.makeTempDir();
  try {
    await packRecords(folder, list.leaves);
    tell("packed as JPEG records");
    const { labels, read } = (await readPack(folder)).split("train");
    for (let batch = 0; batch < 10; batch++) {
      await read(Uint32Array.from({ length: 32 }, () => random.integer(images)));
    }
    tell(`opened, and 10 batches of 32 read (label of the last: ${labels.at(-1)})`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const subset = subsetIndices(list.length, { size: Math.floor(images / 2), seed: 1 });
  tell(`a subset of ${subset.length} drawn`);
}

/** Packs one picture, which is as small as those of the JPEG form are, over and over. */
async function packRecords(folder: string, leaves: Uint16Array): Promise<void> {
  const px = 97;
  const image = await sharp({ create: { width: px, height: px, channels: 3, background: "#246" } })
    .jpeg().toBuffer();
  const names = Array.from({ length: CLASSES }, (_, i) => String(i));
  const hierarchy = { levels: ["fine"], leaves: names.map((name) => ({ name, path: [name] })) };
  const writer = await openPackWriter(folder, { px, hierarchy, identity: "bench" });
  try {
    for (const leaf of leaves) await writer.add("train", { image, leaf });
    await writer.finish();
  } finally {
    writer.close();
  }
}
