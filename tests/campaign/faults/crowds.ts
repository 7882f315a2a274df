import { type Random, randomAt } from "@/lib/base/random.ts";
import type { Doubles } from "@/tests/campaign/doubles.ts";
import { type Fault, seconds } from "@/tests/campaign/faults/fault.ts";
import { type Scene, withScene } from "@/tests/campaign/study.ts";
import { withDoubles } from "@/tests/campaign/with_doubles.ts";

/** 2 to 8 workers and two runners at once on an empty store. */
export const crowd = crowdOf({
  name: "2 to 8 workers and two runners at once",
  workers: (random) => 2 + random.integer(7),
  doubles: {},
});

/** Processes whose dates differ by hours, and jump all the time. */
export const dates = crowdOf({
  name: "dates that jump by up to 30 hours, another in each process",
  workers: () => 2,
  doubles: { hours: 30 },
});

/** Processes whose steady clocks jump: who sees a claim stand still for so long takes it, though its holder lives. */
export const sleeps = crowdOf({
  name: "steady clocks that jump ahead by 10 minutes: claims of the living are taken over",
  workers: () => 2,
  doubles: { sleeps: 10 },
});

/** Processes that see each other's files late. */
export const lag = crowdOf({
  name: "listings, and names that were not there, seen 5 seconds late",
  workers: () => 3,
  doubles: { lag: 5000 },
});

/** What is tried with several processes at once. */
interface Crowd {
  readonly name: string;
  /** How many, beside two runners. */
  readonly workers: (random: Random) => number;
  readonly doubles: Omit<Doubles, "deno" | "seed">;
}

function crowdOf({ name, workers, doubles }: Crowd): Fault {
  return {
    name,
    async *scenes(study, { seed, times }) {
      for (let i = 0; i < times; i++) {
        const random = randomAt(seed, name, i);
        const isTold = Object.keys(doubles).length > 0;
        const some = isTold ? await withDoubles(study, { seed: seed + i, ...doubles }) : {};
        const result = await withScene(study, { begins: "empty", random }, async (scene) => {
          const problems = await together(scene, workers(random), some);
          const { problems: others, ...settled } = await scene.settle(some);
          const finished = settled.finished && problems.length === 0;
          return { ...settled, finished, problems: [...problems, ...others] };
        });
        yield { times: 1, result };
      }
    },
  };
}

type Some = Parameters<Scene["reproduce"]>[0];

/** Runs two runners and workers until they end by themselves; says which of them did so otherwise than they should. */
async function together(
  { reproduce, work }: Scene,
  workers: number,
  some: Some,
): Promise<readonly string[]> {
  const all = [reproduce(some), reproduce(some)];
  // Workers take a plan that is there.
  for (let i = 0; i < workers;) {
    const worker = await work(some);
    if (worker === undefined) await seconds(0.2);
    else i = all.push(worker) - 2;
    if (all.slice(0, 2).every((one) => one.isOver())) break;
  }
  const ended = await Promise.all(all.map((one) => one.ended));
  return ended.flatMap(({ code, written }, i) =>
    code === 0 ? [] : [`${i < 2 ? "a runner" : "a worker"} ended with ${code}: ${written.trim()}`]
  );
}
