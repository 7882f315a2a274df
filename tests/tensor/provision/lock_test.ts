import assert from "node:assert/strict";
import { withLock } from "@/lib/tensor/provision/lock.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

Deno.test("withLock() lets one at a time do the work", () =>
  inFolder(async (folder) => {
    const events: string[] = [];
    const work = (name: string) =>
      withLock(`${folder}/lock`, {}, async () => {
        events.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        events.push(`${name} out`);
      });
    await Promise.all([work("a"), work("b")]);
    assert.equal(events.length, 4);
    assert.equal(events[0]!.replace("in", "out"), events[1]);
    await assert.rejects(Deno.stat(`${folder}/lock`), Deno.errors.NotFound);
  }));

Deno.test("withLock() gives the lock back when the work fails", () =>
  inFolder(async (folder) => {
    const fails = () => Promise.reject(new Error("failed"));
    await assert.rejects(withLock(`${folder}/lock`, {}, fails), { message: "failed" });
    assert.equal(await withLock(`${folder}/lock`, {}, () => Promise.resolve(1)), 1);
  }));

Deno.test("withLock() takes over from a process that has died", () =>
  inFolder(async (folder) => {
    const child = new Deno.Command("python3", { args: ["-c", ""] }).spawn();
    await child.status;
    const dead = JSON.stringify({ host: Deno.hostname(), pid: child.pid });
    await Deno.writeTextFile(`${folder}/lock`, dead);
    assert.equal(await withLock(`${folder}/lock`, {}, () => Promise.resolve("done")), "done");
  }));

Deno.test("withLock() takes over a lock that another machine has not touched for a minute", () =>
  inFolder(async (folder) => {
    const foreign = JSON.stringify({ host: "elsewhere", pid: 1 });
    await Deno.writeTextFile(`${folder}/lock`, foreign);
    let waited = 0;
    const onWait = () => {
      waited++;
      const longAgo = new Date(Date.now() - 120_000);
      Deno.utimeSync(`${folder}/lock`, longAgo, longAgo);
    };
    assert.equal(await withLock(`${folder}/lock`, { onWait }, () => Promise.resolve(1)), 1);
    assert.equal(waited, 1);
  }));
