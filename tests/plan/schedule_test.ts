import assert from "node:assert/strict";
import { makeStep, scheduledSeconds, type Step, urgencies } from "@/lib/plan/mod.ts";

/** A step by a name, after others. */
const stepOf = (name: string, ...after: readonly Step[]): Step =>
  makeStep({
    kind: "pretrain",
    spec: { method: "none", network: { family: name } as never, seed: 1 },
    needs: { images: after.map(({ key }) => key), subset: [] },
  }, name);

/** The seconds of steps by their labels, which begin with them. */
const secondsOf = (steps: readonly Step[]) =>
  new Map(steps.map(({ key, label }) => [key, Number.parseFloat(label)]));

const scheduled = (steps: readonly Step[], jobs: number) =>
  scheduledSeconds(steps, { seconds: secondsOf(steps), jobs });

Deno.test("scheduledSeconds() divides neither a single step nor a chain by the workers", () => {
  const a = stepOf("28 a"), b = stepOf("5 b", a), c = stepOf("1 c", b);
  for (const jobs of [1, 2, 8]) {
    assert.equal(scheduled([a], jobs), 28);
    assert.equal(scheduled([a, b, c], jobs), 34);
  }
  assert.equal(scheduled([], 2), 0);
});

Deno.test("scheduledSeconds() divides what can be worked at once, as far as it comes in whole steps", () => {
  const steps = ["4 a", "4 b", "4 c", "4 d"].map((name) => stepOf(name));
  assert.equal(scheduled(steps, 1), 16);
  assert.equal(scheduled(steps, 2), 8);
  assert.equal(scheduled(steps, 3), 8);
  assert.equal(scheduled(steps, 16), 4);
});

Deno.test("scheduledSeconds() begins the longest chain first, unless another goes first", () => {
  const short = ["3 a", "3 b"].map((name) => stepOf(name));
  const head = stepOf("1 head"), long = stepOf("9 long", head);
  const steps = [...short, head, long];
  assert.equal(scheduled(steps, 2), 10);
  const place = (key: string) => short.some((one) => one.key === key) ? 1 : 2;
  assert.equal(scheduledSeconds(steps, { seconds: secondsOf(steps), jobs: 2, place }), 13);
});

Deno.test("scheduledSeconds() waits for all that a step needs, and not for what is there", () => {
  const there = stepOf("100 there"), a = stepOf("2 a", there), b = stepOf("5 b");
  const both = stepOf("1 both", a, b, there);
  assert.equal(scheduled([a, b, both], 2), 6);
});

Deno.test("scheduledSeconds() lies between the longest chain and the sum, and above the sum over the workers", () => {
  const heads = ["5 a", "3 b", "7 c", "1 d"].map((name) => stepOf(name));
  const steps = [
    ...heads,
    ...heads.flatMap((head, i) => ["2", "6"].map((time) => stepOf(`${time} after ${i}`, head))),
  ];
  const seconds = secondsOf(steps);
  const sum = [...seconds.values()].reduce((a, b) => a + b, 0);
  const chain = Math.max(...urgencies(steps, seconds).values());
  assert.equal(chain, 13);
  for (const jobs of [1, 2, 3, 50]) {
    const time = scheduled(steps, jobs);
    assert.ok(time >= chain && time >= sum / jobs && time <= sum, `${jobs}: ${time}`);
  }
  assert.equal(scheduled(steps, 1), sum);
  assert.equal(scheduled(steps, 50), chain);
});
