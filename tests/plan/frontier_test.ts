import assert from "node:assert/strict";
import { makeFrontier, makeStep, type Step, withNeeds } from "@/lib/plan/mod.ts";

const step = (label: string, ...needs: readonly Step[]): Step =>
  makeStep({
    kind: "pretrain",
    spec: { method: "none", network: { label } as never, seed: 1 },
    needs: { images: needs.map(({ key }) => key), subset: [] },
  }, label);

const a = step("a"), b = step("b"), c = step("c", a), d = step("d", c, b), e = step("e", a);
const all = [a, b, c, d, e];
const seconds = new Map(all.map(({ key }) => [key, 1]));
const labels = (steps: Iterable<Step>) => [...steps].map(({ label }) => label);

Deno.test("makeFrontier() gives what is ready, the longest chain first, and what is put back again", () => {
  const frontier = makeFrontier(all, { seconds });
  assert.deepEqual([frontier.take(), frontier.take(), frontier.take()], [a, b, undefined]);
  frontier.putBack(b);
  frontier.finish(a);
  assert.deepEqual(labels(frontier.waiting).sort(), ["b", "c", "d", "e"]);
  assert.deepEqual([frontier.take(), frontier.take(), frontier.take()].map((one) => one?.label), [
    "b",
    "c",
    "e",
  ]);
  frontier.finish(c);
  assert.equal(frontier.take(), undefined, "it lacks b");
  frontier.finish(b);
  assert.equal(frontier.take(), d);
});

Deno.test("makeFrontier() takes a lower place first, and what it is not given for there", () => {
  const frontier = makeFrontier([c, e], { seconds, place: (key) => key === e.key ? 1 : 2 });
  assert.deepEqual([frontier.take(), frontier.take(), frontier.take()], [e, c, undefined]);
});

Deno.test("makeFrontier() loses all that needs a lost step, near or far, and never gives it", () => {
  const frontier = makeFrontier(all, { seconds });
  assert.equal(frontier.take(), a);
  const lost = frontier.lose(a).map(([one, of]) => `${one.label} by ${of.label}`);
  assert.deepEqual(lost.sort(), ["c by a", "d by c", "e by a"]);
  assert.equal(frontier.take(), b);
  frontier.finish(b);
  assert.deepEqual([frontier.take(), frontier.waiting.size], [undefined, 0]);
});

Deno.test("withNeeds() gives some steps and all that they need, in the plan's order", () => {
  assert.deepEqual(labels(withNeeds(all, (one) => one === c)), ["a", "c"]);
  assert.deepEqual(labels(withNeeds(all, (one) => one === d || one === e)), labels(all));
  assert.deepEqual(withNeeds(all, () => false), []);
});
