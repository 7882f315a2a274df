import { randomAt } from "@/lib/base/random.ts";
import { type Fault, seconds } from "@/tests/campaign/faults/fault.ts";
import { withScene } from "@/tests/campaign/study.ts";
import { canMount } from "@/tests/run/small_disk.ts";

/** The store can only be read from a random moment of a run on, and once before it begins; then it can be written again. */
export const readOnly: Fault = {
  name: "a store that becomes read-only",
  ...!canMount && { impossible: "no disk may be mounted here" },
  async *scenes(study, { seed, times }) {
    for (let i = 0, left = times; left > 0; i++) {
      const random = randomAt(seed, "read only", i);
      const struck = await withScene(study, { begins: "half", random }, async (scene) => {
        const run = i === 0 ? undefined : scene.reproduce();
        if (run !== undefined) await Promise.race([run.ended, seconds(random.between(1, 15))]);
        // It may have been done by then.
        const times = Number(!run?.isOver());
        await withReadOnly(scene.store, async () => {
          await run?.ended;
          await scene.reproduce().ended;
        });
        return { times, result: await scene.settle() };
      });
      left -= struck.times;
      yield struck;
    }
  },
};

/** Lays the folder over itself, read-only: what was opened before can still be written, as on a server that turns. */
async function withReadOnly(folder: string, body: () => Promise<void>): Promise<void> {
  await command("mount", "--bind", folder, folder);
  try {
    await command("mount", "-o", "remount,bind,ro", folder);
    await body();
  } finally {
    await command("umount", "--lazy", folder);
  }
}

async function command(name: string, ...args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(name, { args: [...args] }).output();
  if (!success) throw new Error(`${name} ${args.join(" ")} failed`);
}
