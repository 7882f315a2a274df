import assert from "node:assert/strict";
import { type Lease, takeLease, withLease } from "@/lib/base/lease.ts";
import { type LeaseWatch, watchLeases } from "@/lib/base/lease_watch.ts";

const hour = 3_600_000;

/** A folder of leases, a watch on them, and the watch's clock, which goes on only when told. */
interface Bench {
  /** The path of a lease. */
  at(name: string): string;
  take(name: string): Promise<Lease | null>;
  readonly watch: LeaseWatch;
  /** Seconds pass. */
  pass(seconds: number): void;
  /** Leaves a lease of a process on another machine, by whose clock it is this much later, in milliseconds. */
  leave(name: string, ahead: number): Promise<void>;
}

async function withBench(body: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    let now = 0;
    const watch = watchLeases(folder, { now: () => now });
    const at = (name: string) => `${folder}/${name}.json`;
    await body({
      at,
      take: (name) => takeLease(at(name), watch),
      watch,
      pass: (seconds) => void (now += 1000 * seconds),
      async leave(name, ahead) {
        await Deno.writeTextFile(at(name), JSON.stringify({ host: "gone", pid: 1, nonce: "x" }));
        const time = new Date(Date.now() + ahead);
        await Deno.utime(at(name), time, time);
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("takeLease() takes over from a dead holder whose clock was ahead once it was seen to stand still", () =>
  withBench(async ({ take, pass, leave }) => {
    for (const ahead of [hour, 100 * 365 * 24 * hour, 0]) {
      await leave("k", ahead);
      assert.equal(await take("k"), null, `${ahead} ms ahead, first seen`);
      pass(59);
      assert.equal(await take("k"), null, `${ahead} ms ahead, not for long`);
      pass(1);
      const lease = await take("k");
      assert.ok(lease, `${ahead} ms ahead, for a minute`);
      await lease.release();
    }
  }));

Deno.test("takeLease() leaves it to a living holder whose clock is an hour ahead", () =>
  withBench(async ({ take, pass, leave }) => {
    for (let beat = 0; beat < 30; beat++) {
      await leave("k", hour + 10_000 * beat);
      assert.equal(await take("k"), null);
      pass(10);
    }
  }));

Deno.test("takeLease() takes over from a lease of before 1970 at once", () =>
  withBench(async ({ take, leave }) => {
    await leave("k", -80 * 365 * 24 * hour);
    const lease = await take("k");
    assert.ok(lease);
    await lease.release();
  }));

Deno.test("takeLease() takes over at once from a process that was killed while it held it", () =>
  withBench(async ({ at, take }) => {
    const program = `import { takeLease } from "@/lib/base/lease.ts";
      console.log(await takeLease(${JSON.stringify(at("k"))}) === null ? "refused" : "held");
      await new Promise((resolve) => setTimeout(resolve, 60_000));`;
    const holder = new Deno.Command(Deno.execPath(), {
      args: ["eval", program],
      stdout: "piped",
    }).spawn();
    const reader = holder.stdout.getReader();
    const { value } = await reader.read();
    assert.equal(new TextDecoder().decode(value), "held\n");
    assert.equal(await take("k"), null, "while it lives");
    holder.kill("SIGKILL");
    await holder.status;
    await reader.cancel();
    const lease = await take("k");
    assert.ok(lease);
    await lease.release();
    await assert.rejects(Deno.stat(at("k")), Deno.errors.NotFound);
  }));

Deno.test("watchLeases() waits once for all leases of a machine that is gone", () =>
  withBench(async ({ take, watch, pass, leave }) => {
    const names = ["a", "b", "c", "d"];
    for (const name of names) await leave(name, hour);
    await watch.note();
    pass(60);
    for (const name of names) {
      const lease = await take(name);
      assert.ok(lease, name);
      await lease.release();
    }
  }));

Deno.test("takeLease() gives what several watched to death to one of them", () =>
  withBench(async ({ take, watch, pass, leave }) => {
    for (let round = 0; round < 50; round++) {
      await leave("k", hour + round);
      await watch.note();
      pass(60);
      const leases = await Promise.all(Array.from({ length: 8 }, () => take("k")));
      const held = leases.filter((lease) => lease !== null);
      assert.equal(held.length, 1, `round ${round}`);
      await held[0]!.release();
    }
  }));

Deno.test("withLease() lets one at a time do the work", () =>
  withBench(async ({ at }) => {
    const events: string[] = [];
    const work = (name: string) =>
      withLease(at("k"), {}, async () => {
        events.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        events.push(`${name} out`);
      });
    await Promise.all([work("a"), work("b")]);
    assert.equal(events.length, 4);
    assert.equal(events[0]!.replace("in", "out"), events[1]);
    await assert.rejects(Deno.stat(at("k")), Deno.errors.NotFound);
  }));

Deno.test("withLease() gives it back when the work fails", () =>
  withBench(async ({ at }) => {
    const fails = () => Promise.reject(new Error("failed"));
    await assert.rejects(withLease(at("k"), {}, fails), { message: "failed" });
    assert.equal(await withLease(at("k"), {}, () => Promise.resolve(1)), 1);
  }));

Deno.test("withLease() waits for another machine, and takes over when that has not beaten for a minute", () =>
  withBench(async ({ at, leave }) => {
    await leave("k", 0);
    let waited = 0;
    const onWait = () => {
      waited++;
      const longAgo = new Date(Date.now() - 120_000);
      Deno.utimeSync(at("k"), longAgo, longAgo);
    };
    assert.equal(await withLease(at("k"), { onWait }, () => Promise.resolve(1)), 1);
    assert.equal(waited, 1);
  }));
