import { randomAt } from "@/lib/base/random.ts";
import { type Fault, seconds, type Struck } from "@/tests/campaign/faults/fault.ts";
import { withScene } from "@/tests/campaign/study.ts";
import { canMount, fillDisk, withSmallDisk } from "@/tests/run/small_disk.ts";

const bytes = 64 * 1024 * 1024;

/** The disk of the store becomes full at a random moment of a run, but for up to eight pages, and has room again afterwards. */
export const fullDisk: Fault = {
  name: "a full disk",
  ...!canMount && { impossible: "no disk may be mounted here" },
  async *scenes(study, { seed, times }) {
    for (let i = 0, left = times; left > 0; i++) {
      const random = randomAt(seed, "disk", i), folder = `${study.project}/disk`;
      await Deno.mkdir(folder, { recursive: true });
      const struck: Struck[] = [];
      await withSmallDisk(folder, bytes, async () => {
        const scene = { begins: "half", random, folder } as const;
        struck.push(
          await withScene(study, scene, async ({ reproduce, settle }) => {
            const run = reproduce();
            await Promise.race([run.ended, seconds(random.between(1, 15))]);
            // It may have been done by then.
            const times = Number(!run.isOver());
            await fillDisk(`${folder}/filling`, random.integer(8));
            await run.ended;
            await Deno.remove(`${folder}/filling`);
            return { times, result: await settle() };
          }),
        );
      });
      left -= struck[0]!.times;
      yield struck[0]!;
    }
  },
};
