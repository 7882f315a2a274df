import { randomAt } from "@/lib/base/random.ts";
import { imageListBuilder } from "@/lib/data/image_list.ts";
import { subsetIndices } from "@/lib/data/subset.ts";

const CLASSES = 10_000;

/** Lists a million images, sorts them, looks each up and draws a subset; prints the time and memory that each takes. */
export function benchMillion({ images }: { readonly images: number }): void {
  let last = performance.now(), before = Deno.memoryUsage().rss;
  const tell = (what: string): void => {
    const { rss } = Deno.memoryUsage();
    const seconds = ((performance.now() - last) / 1000).toFixed(1);
    const mebibytes = Math.round((rss - before) / 2 ** 20);
    // deno-lint-ignore no-console -- the result of a benchmark
    console.log(`${what}: ${seconds} s, ${mebibytes} MiB more in memory`);
    [last, before] = [performance.now(), rss];
  };
  const builder = imageListBuilder();
  const random = randomAt(1, "million");
  for (let i = 0; i < images; i++) {
    const group = random.integer(CLASSES);
    const path = `train/${String(group).padStart(5, "0")}_Animalia_Arthropoda_Insecta/${
      random.integer(2 ** 31).toString(16).padStart(8, "0")
    }-${i}.jpg`;
    builder.add({ path, size: 50_000 + i, offset: 0, tree: 0 }, group);
  }
  tell(`${images} images added`);
  const leafOfGroup = Uint16Array.from({ length: CLASSES }, (_, i) => i);
  const list = builder.finish({ leafOfGroup, order: "class" });
  tell("sorted by class and path");
  let bytes = 0;
  for (let i = 0; i < list.length; i++) bytes += list.file(i).size;
  tell(`each looked up once (${bytes} bytes in all)`);
  const subset = subsetIndices(list.length, { size: Math.floor(images / 2), seed: 1 });
  tell(`a subset of ${subset.length} drawn`);
}
