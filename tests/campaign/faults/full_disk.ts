import { randomAt } from "@/lib/base/random.ts";
import { type Fault, seconds } from "@/tests/campaign/faults/fault.ts";
import { type Result, withScene } from "@/tests/campaign/study.ts";
import { canMount, fillDisk, withSmallDisk } from "@/tests/run/small_disk.ts";

const bytes = 64 * 1024 * 1024;

/** The disk of the store becomes full at a random moment of a run, but for up to eight pages, and has room again afterwards. */
export const fullDisk: Fault = async (study, { seed, times }) => {
  const fault = "a full disk", results: Result[] = [];
  if (!canMount) return { fault, times: 0, results, skipped: "no disk may be mounted here" };
  for (let i = 0; i < times; i++) {
    const random = randomAt(seed, "disk", i), folder = `${study.project}/disk`;
    await Deno.mkdir(folder, { recursive: true });
    await withSmallDisk(folder, bytes, async () => {
      const result = await withScene(study, { begins: "half", random, folder }, async (scene) => {
        const run = scene.reproduce();
        await Promise.race([run.ended, seconds(random.between(1, 15))]);
        await fillDisk(`${folder}/filling`, random.integer(8));
        await run.ended;
        await Deno.remove(`${folder}/filling`);
        return await scene.settle();
      });
      results.push(result);
    });
  }
  return { fault, times, results };
};
