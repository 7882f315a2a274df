/** One process that draws pictures of a world: `worlds_program.ts WORLD SIZE`. */

import { drawImage, type WorldName } from "@/lib/worlds/mod.ts";
import { measureWhenTold } from "@/tests/bench/when_told.ts";

const [world, size] = [Deno.args[0] as WorldName, Number(Deno.args[1])];
const LEAST_SECONDS = 3;
const out = new Uint8Array(size * size * 3);
const draw = (index: number) => drawImage(world, { seed: 1, split: "train", index, size }, out);
for (let i = 0; i < 50; i++) draw(i);

await measureWhenTold(() => {
  const started = performance.now();
  let drawn = 0, seconds = 0;
  while (seconds < LEAST_SECONDS) {
    for (let i = 0; i < 20; i++) draw(50 + drawn++);
    seconds = (performance.now() - started) / 1000;
  }
  return Promise.resolve({ imagesPerSecond: drawn / seconds });
});
