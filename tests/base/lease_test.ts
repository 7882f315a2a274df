import assert from "node:assert/strict";
import { newHolder } from "@/lib/base/holder.ts";
import { isHeld, type Lease, takeLease, withLease } from "@/lib/base/lease.ts";
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
      pass(119);
      assert.equal(await take("k"), null, `${ahead} ms ahead, not for long`);
      pass(1);
      const lease = await take("k");
      assert.ok(lease, `${ahead} ms ahead, for two minutes`);
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

Deno.test("takeLease() believes no clock but its own: a lease of long ago is another machine's like any other", () =>
  withBench(async ({ take, pass, leave }) => {
    for (const ahead of [-80 * 365 * 24 * hour, -hour, -10 * 60_000]) {
      await leave("k", ahead);
      assert.equal(await take("k"), null);
      pass(120);
      const lease = await take("k");
      assert.ok(lease);
      await lease.release();
    }
  }));

Deno.test("takeLease() leaves it to a holder that counts on, whatever the times of its file", () =>
  withBench(async ({ at, take, pass }) => {
    for (let count = 0; count < 30; count++) {
      const holder = { host: "gone", space: "s", pid: 1, nonce: "x", count: `${count}` };
      await Deno.writeTextFile(at("k"), JSON.stringify(holder));
      await Deno.utime(at("k"), new Date(0), new Date(0));
      assert.equal(await take("k"), null);
      pass(100);
    }
  }));

Deno.test("takeLease() takes no dead process of this number for its holder where another container bears this host's name", () =>
  withBench(async ({ at, take, pass }) => {
    const dead = new Deno.Command("true").spawn();
    await dead.status;
    const holder = { ...newHolder(), pid: dead.pid };
    await Deno.writeTextFile(at("k"), JSON.stringify({ ...holder, space: "another boot" }));
    assert.equal(await take("k"), null);
    pass(120);
    const lease = await take("k");
    assert.ok(lease);
    await lease.release();
    await Deno.writeTextFile(at("k"), JSON.stringify(holder));
    const own = await take("k");
    assert.ok(own, "of this one it is known");
    await own.release();
  }));

Deno.test("a lease that was taken over is not held any more, and its old holder leaves it alone", () =>
  withBench(async ({ at, take }) => {
    const lease = await take("k");
    assert.ok(lease);
    assert.equal(await isHeld(lease), true);
    await Deno.remove(at("k"));
    assert.equal(await isHeld(lease), false);
    const other = await take("k");
    assert.ok(other);
    await lease.release();
    assert.deepEqual([await isHeld(lease), await isHeld(other)], [false, true]);
    await other.release();
    assert.equal(await isHeld(other), false);
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
    pass(120);
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
      pass(120);
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

Deno.test("withLease() waits for another machine, and takes over when that has stood still for two minutes", () =>
  withBench(async ({ at, watch, pass, leave }) => {
    await leave("k", 0);
    let waited = 0;
    const onWait = () => {
      waited++;
      pass(60);
    };
    assert.equal(await withLease(at("k"), { onWait, watch }, () => Promise.resolve(1)), 1);
    assert.equal(waited, 2);
  }));
