import assert from "node:assert/strict";
import { claimStep, openStore, type Store, watchClaims } from "@/lib/store/mod.ts";

const hour = 3_600_000;

/** A store, a watch on its claims, and the watch's clock, which goes on only when told. */
interface Bench {
  readonly store: Store;
  readonly watch: ReturnType<typeof watchClaims>;
  /** Seconds pass. */
  pass(seconds: number): void;
  /** Leaves a claim of a process on another machine, by whose clock it is this much later, in milliseconds. */
  leave(key: string, ahead: number): Promise<void>;
}

async function withBench(body: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const store = await openStore(`${folder}/store`);
    let now = 0;
    await body({
      store,
      watch: watchClaims(store, { now: () => now }),
      pass: (seconds) => void (now += 1000 * seconds),
      async leave(key, ahead) {
        const path = `${store.root}/claims/${key}.json`;
        await Deno.writeTextFile(path, JSON.stringify({ host: "gone", pid: 1, nonce: "x" }));
        const time = new Date(Date.now() + ahead);
        await Deno.utime(path, time, time);
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("claimStep() takes over from a dead holder whose clock was ahead once it was seen to stand still", () =>
  withBench(async ({ store, watch, pass, leave }) => {
    for (const ahead of [hour, 100 * 365 * 24 * hour, 0]) {
      await leave("k", ahead);
      assert.equal(await claimStep(store, "k", watch), null, `${ahead} ms ahead, first seen`);
      pass(59);
      assert.equal(await claimStep(store, "k", watch), null, `${ahead} ms ahead, not for long`);
      pass(1);
      const claim = await claimStep(store, "k", watch);
      assert.ok(claim, `${ahead} ms ahead, for a minute`);
      await claim.release();
    }
  }));

Deno.test("claimStep() leaves the step to a living holder whose clock is an hour ahead", () =>
  withBench(async ({ store, watch, pass, leave }) => {
    for (let beat = 0; beat < 30; beat++) {
      await leave("k", hour + 10_000 * beat);
      assert.equal(await claimStep(store, "k", watch), null);
      pass(10);
    }
  }));

Deno.test("claimStep() takes over from a claim of before 1970 at once", () =>
  withBench(async ({ store, watch, leave }) => {
    await leave("k", -80 * 365 * 24 * hour);
    const claim = await claimStep(store, "k", watch);
    assert.ok(claim);
    await claim.release();
  }));

Deno.test("watchClaims() waits once for all claims of a machine that is gone", () =>
  withBench(async ({ store, watch, pass, leave }) => {
    const keys = ["a", "b", "c", "d"];
    for (const key of keys) await leave(key, hour);
    await watch.note();
    pass(60);
    for (const key of keys) {
      const claim = await claimStep(store, key, watch);
      assert.ok(claim, key);
      await claim.release();
    }
  }));

Deno.test("claimStep() gives what several watched to death to one of them", () =>
  withBench(async ({ store, watch, pass, leave }) => {
    for (let round = 0; round < 50; round++) {
      await leave("k", hour + round);
      await watch.note();
      pass(60);
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => claimStep(store, "k", watch)),
      );
      const held = claims.filter((claim) => claim !== null);
      assert.equal(held.length, 1, `round ${round}`);
      await held[0]!.release();
    }
  }));
