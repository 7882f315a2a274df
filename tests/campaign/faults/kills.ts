import { type Random, randomAt } from "@/lib/base/random.ts";
import { type Fault, seconds } from "@/tests/campaign/faults/fault.ts";
import { killProcess, type Running } from "@/tests/campaign/process.ts";
import { type Scene, withScene } from "@/tests/campaign/study.ts";

/** A runner, two workers, and their worker processes are killed one by one at random; what is gone is started anew. */
export const kills: Fault = {
  name: "kill -9 of workers, their processes and runners",
  async *scenes(study, { seed, times }) {
    for (let i = 0, left = times; left > 0; i++) {
      const random = randomAt(seed, "kills", i), begins = i % 2 === 0 ? "empty" : "half";
      const struck = await withScene(study, { begins, random }, async (scene) => ({
        times: await killAlong(scene, { random, most: left }),
        result: await scene.settle(),
      }));
      left -= struck.times;
      yield struck;
    }
  },
};

/** Kills until the study is complete, or that often. */
async function killAlong(
  scene: Scene,
  { random, most }: { readonly random: Random; readonly most: number },
): Promise<number> {
  const crew: (Running | undefined)[] = [undefined, undefined, undefined];
  let killed = 0;
  while (killed < most && !scene.watch.isComplete()) {
    for (const [i, one] of crew.entries()) {
      if (one !== undefined && !one.isOver()) continue;
      crew[i] = i === 0 ? scene.reproduce() : await scene.work();
    }
    await seconds(random.between(0.3, 5));
    const pids = crew.flatMap((one) => one?.living() ?? []);
    if (pids.length === 0) continue;
    killProcess(pids[random.integer(pids.length)]!);
    killed++;
  }
  await Promise.all(crew.map((one) => one?.kill()));
  return killed;
}
