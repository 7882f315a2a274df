import { namesIn } from "@/lib/base/files.ts";
import { type Random, randomAt } from "@/lib/base/random.ts";
import { type Fault, seconds } from "@/tests/campaign/faults/fault.ts";
import { type Scene, withScene } from "@/tests/campaign/study.ts";
import { withDoubles } from "@/tests/campaign/with_doubles.ts";

// A damaged claim names no process that could be seen to be gone: it is waited for, two minutes by the clock of who waits.
const pace = 40;

/**
 * Files of a store are cut or have one bit turned: of a complete one and, in turn, of one whose runner was killed on the way, which
 * holds claims, checkpoints, attempts and notes too.
 */
export const damage: Fault = {
  name: "files of the store cut, or with one bit turned",
  async *scenes(study, { seed, times }) {
    for (let i = 0, left = times; left > 0; i++) {
      const random = randomAt(seed, "damage", i), begins = i % 2 === 0 ? "half" : "complete";
      const struck = await withScene(study, { begins, random }, async (scene) => {
        if (begins === "half") {
          const run = scene.reproduce();
          await Promise.race([run.ended, seconds(random.between(2, 20))]);
          await run.kill();
        }
        const done = await damageSome(scene, random, Math.min(10, left));
        const result = await scene.settle(await withDoubles(study, { seed, pace }));
        const { problems } = result;
        const told = problems.length > 0 ? [`after ${done.join(", ")}`] : [];
        return { times: done.length, result: { ...result, problems: [...problems, ...told] } };
      });
      left -= struck.times;
      yield struck;
    }
  },
};

// The rooms of a store, each as likely as the others; format.json alone is missing, for without it nothing is a store.
const rooms = ["artifacts", "attempts", "checkpoints", "claims", "logs", "memo", "parts", "plans"];

async function damageSome({ store, watch }: Scene, random: Random, count: number) {
  const done: string[] = [];
  const files = new Map<string, readonly string[]>();
  for (const room of rooms) {
    const found = await filesUnder(store, room);
    if (found.length > 0) files.set(room, found);
  }
  watch.look();
  for (let i = 0; i < count; i++) {
    const room = [...files.keys()][random.integer(files.size)]!, of = files.get(room)!;
    const file = of[random.integer(of.length)]!;
    const damage = async () => {
      done.push(`${await damageFile(`${store}/${file}`, random)} ${file}`);
    };
    const [, key] = /^artifacts\/..\/([0-9a-f]{64})\//.exec(file) ?? [];
    await (key === undefined ? damage() : watch.damage(key, damage));
  }
  return done;
}

/** Cuts a file or turns a bit of it, and says which. */
async function damageFile(path: string, random: Random): Promise<string> {
  const { size } = await Deno.stat(path), at = random.integer(Math.max(1, size));
  if (size === 0 || random.uniform() < 0.5) {
    await Deno.truncate(path, at);
    return `cut to ${at} bytes:`;
  }
  const bytes = await Deno.readFile(path), bit = random.integer(8);
  bytes[at] = bytes[at]! ^ (1 << bit);
  await Deno.writeFile(path, bytes);
  return `bit ${bit} of byte ${at} turned:`;
}

async function filesUnder(store: string, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of (await namesIn(`${store}/${folder}`)).sort()) {
    const path = `${folder}/${name}`;
    const { isDirectory } = await Deno.stat(`${store}/${path}`);
    found.push(...isDirectory ? await filesUnder(store, path) : [path]);
  }
  return found;
}
