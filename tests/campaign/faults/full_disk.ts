import { randomAt } from "@/lib/base/random.ts";
import { type Fault, seconds } from "@/tests/campaign/faults/fault.ts";
import { type Result, withScene } from "@/tests/campaign/study.ts";
import { canMount, fillDisk, withSmallDisk } from "@/tests/run/small_disk.ts";

const bytes = 64 * 1024 * 1024;

/** The disk of the store becomes full at a random moment of a run, but for up to eight pages, and has room again afterwards. */
export const fullDisk: Fault = {
  name: "a full disk",
  ...!canMount && { impossible: "no disk may be mounted here" },
  async *scenes(study, { seed, times }) {
    for (let i = 0; i < times; i++) {
      const random = randomAt(seed, "disk", i), folder = `${study.project}/disk`;
      await Deno.mkdir(folder, { recursive: true });
      const results: Result[] = [];
      await withSmallDisk(folder, bytes, async () => {
        const scene = { begins: "half", random, folder } as const;
        results.push(
          await withScene(study, scene, async ({ reproduce, settle }) => {
            const run = reproduce();
            await Promise.race([run.ended, seconds(random.between(1, 15))]);
            await fillDisk(`${folder}/filling`, random.integer(8));
            await run.ended;
            await Deno.remove(`${folder}/filling`);
            return await settle();
          }),
        );
      });
      yield { times: 1, result: results[0]! };
    }
  },
};
