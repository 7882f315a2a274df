import assert from "node:assert/strict";
import type { Doubles } from "@/tests/campaign/doubles.ts";
import { withFolder } from "@/tests/cli/command.ts";

/** What a program prints before which the doubles are loaded. */
async function printed(program: string, doubles: Partial<Doubles>, store: string) {
  const file = `${store}/program.ts`;
  await Deno.writeTextFile(file, program);
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-config", "-A"],
      ...["--preload", `${import.meta.dirname}/doubles.ts`, file],
    ],
    env: { CAMPAIGN: JSON.stringify({ seed: 1, deno: `${store}/deno`, ...doubles }) },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const inStore = (body: (store: string) => Promise<void>) =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/store`);
    await body(`${folder}/store`);
  });

Deno.test("behind the double of a network file system another's files are seen late, and one's own at once", () =>
  inStore(async (store) => {
    const program = `
      const store = ${JSON.stringify(store)}, told = [];
      const look = async () => told.push([
        (await Array.fromAsync(Deno.readDir(store))).some(({ name }) => name === "a"),
        await Deno.stat(store + "/a").then(() => true, () => false),
      ]);
      await look();
      await new Deno.Command("touch", { args: [store + "/a"] }).output();
      await look();
      await Deno.remove(store + "/a");
      await look();
      await Deno.writeTextFile(store + "/a", "");
      await look();
      await Deno.remove(store + "/a");
      console.log(JSON.stringify(told));`;
    const absent = [false, false], there = [true, true];
    assert.deepEqual(await printed(program, { lag: 1e9 }, store), [absent, absent, absent, there]);
    assert.deepEqual(await printed(program, { lag: -1 }, store), [absent, there, absent, there]);
  }));

Deno.test("the doubles of clocks are off by hours, and go as fast as they are told; worker processes get them too", () =>
  inStore(async (store) => {
    const program = `
      const from = performance.now();
      const before = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 300));
      console.log(JSON.stringify([before, performance.now() - from, Deno.execPath()]));`;
    const [date, passed, deno] = await printed(program, { hours: 12, pace: 100 }, store);
    assert.ok(Math.abs(date - Date.now()) > 1000);
    assert.ok(passed > 20_000);
    assert.equal(deno, `${store}/deno`);
  }));
