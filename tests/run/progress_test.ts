import assert from "node:assert/strict";
import { makeStep } from "@/lib/plan/mod.ts";
import { makeProgress, type ProgressStyle } from "@/lib/run/mod.ts";

const first = makeStep({ kind: "subset", spec: { size: 1 }, needs: { images: "i" } }, "first");
const second = makeStep({ kind: "subset", spec: { size: 2 }, needs: { images: "i" } }, "second");

/** A display of both steps, 10 expected seconds each, with a clock that the test sets. */
function display(style: ProgressStyle) {
  let text = "", time = 0;
  const progress = makeProgress({
    style,
    steps: [first, second],
    expected: new Map([[first.key, 10], [second.key, 10]]),
    size: () => ({ columns: 40, rows: 24 }),
    write: (more) => text += more,
    now: () => time,
  });
  return { progress, at: (seconds: number) => time = seconds * 1000, text: () => text };
}

Deno.test("makeProgress() tells rate and time left in plain lines, scaled by how the first steps went", () => {
  const { progress, at, text } = display("plain");
  progress.onEvent({ type: "started", step: first, pid: 1 });
  at(40);
  progress.onEvent({ type: "progress", step: first, done: 200, total: 400, unit: "images" });
  at(80);
  progress.onEvent({ type: "done", step: first, seconds: 80 });
  assert.equal(
    text(),
    // Half of 10 s took 40, so what is left takes (40 + 0.4) / (5 + 0.4) times what was expected: 15 s; and 10 s after 80.
    "[0/2], about 1 min 52 s left subset first: 50 % (5.00 images/s)\n" +
      "[1/2], about 1 min 17 s left subset first: 1 min 20 s\n",
  );
});

/** What is told of a run of steps of 10 s each whose first is half done after 5 s, by two workers unless told otherwise. */
function halfDone(
  options: { readonly jobs?: number; readonly begun?: ReadonlyMap<string, number>; done?: number },
  ...needing: readonly ReturnType<typeof makeStep>[]
): string {
  let text = "", time = 0;
  const { jobs = 2, begun = new Map(), done = 50 } = options;
  const steps = [first, second, ...needing] as const;
  const progress = makeProgress({
    ...{ style: "live", steps: steps as never, begun, jobs },
    expected: new Map(steps.map(({ key }) => [key, 10])),
    write: (more) => text += more,
    now: () => time,
  });
  progress.onEvent({ type: "started", step: first, pid: 1 });
  time = 5000;
  progress.onEvent({ type: "progress", step: first, done, total: 100, unit: "steps" });
  return text.slice(text.lastIndexOf("\x1b[J") + 3).split("\n")[0]!;
}

Deno.test("makeProgress() tells one time left, that of a schedule of what is left", () => {
  const third = makeStep({
    kind: "sheet",
    spec: { rows: 1, columns: 1 },
    needs: { images: second.key },
  }, "third");
  assert.equal(halfDone({ jobs: 1 }), "[0/2], about 15 s left");
  assert.equal(halfDone({}), "[0/2], about 10 s left");
  assert.equal(halfDone({}, third), "[0/3], about 20 s left", "a chain is not divided");
});

Deno.test("makeProgress() counts what an earlier run left done neither as work nor as left", () => {
  // Of the first step 80 % were done, and half of the rest took 5 s, as expected of its 10 s.
  const begun = new Map([[first.key, 0.8]]);
  assert.equal(halfDone({ jobs: 1, begun, done: 90 }), "[0/2], about 15 s left");
});

Deno.test("makeProgress() redraws on a terminal and leaves a line for each finished step", () => {
  const { progress, at, text } = display("live");
  progress.onEvent({ type: "started", step: first, pid: 1 });
  at(5);
  progress.onEvent({ type: "progress", step: first, done: 1, total: 4, unit: "training images" });
  progress.onEvent({ type: "failed", step: first, kind: "killed", message: "gone", skips: 1 });
  progress.onEvent({ type: "skipped", step: second, because: first });
  progress.close();
  assert.ok(text().includes("\x1b[2A\x1b[J"));
  const whole = "  subset first 25 % (0.200 training images/s)";
  assert.ok(text().split("\n").includes(whole.slice(0, 39)), "cut before the line's end");
  assert.match(text(), /FAILED \(killed\) subset first and what needs it \(1 step\): gone\n$/);
});

Deno.test("makeProgress() draws a bar for each worker where there is room, empty while it tells nothing", () => {
  let text = "";
  const progress = makeProgress({
    style: "live",
    steps: [first, second],
    expected: new Map(),
    write: (more) => text += more,
    now: () => 0,
  });
  for (const step of [first, second]) progress.onEvent({ type: "started", step, pid: 1 });
  progress.onEvent({ type: "progress", step: first, done: 1, total: 2, unit: "steps" });
  const [, one, two] = text.slice(text.lastIndexOf("\x1b[J") + 3).split("\n");
  assert.ok(one!.startsWith("  [======      ] subset first 50 % ("));
  assert.equal(two!.trimEnd(), "  [            ] subset second");
});

Deno.test("makeProgress() keeps what it redraws in sight: on one row a step, cut by the width of its characters", () => {
  let text = "";
  const wide = ["頁", "鳥"].map((name) =>
    makeStep({ kind: "subset", spec: { size: 1 }, needs: { images: name } }, name.repeat(30))
  );
  const progress = makeProgress({
    style: "live",
    steps: [...wide, first],
    expected: new Map(),
    size: () => ({ columns: 20, rows: 3 }),
    write: (more) => text += more,
    now: () => 0,
  });
  for (const step of [...wide, first]) progress.onEvent({ type: "started", step, pid: 1 });
  const last = text.slice(text.lastIndexOf("\x1b[J") + 3);
  assert.deepEqual(last.split("\n"), ["[0/3]", "  subset 頁頁頁頁頁", ""]);
  assert.ok(text.endsWith(`\x1b[2A\x1b[J${last}`));
});

Deno.test("makeProgress() tells a failure of many steps once, and at the end how many it met", () => {
  const third = makeStep({ kind: "subset", spec: { size: 3 }, needs: { images: "i" } }, "third");
  let text = "";
  const progress = makeProgress({
    style: "plain",
    steps: [first, second, third],
    expected: new Map(),
    write: (more) => text += more,
  });
  const failure = { type: "failed", kind: "bad input", message: "a.jpg: broken. Mend it" } as const;
  progress.onEvent({ ...failure, step: first, skips: 2 });
  progress.onEvent({ ...failure, step: second, skips: 3 });
  progress.onEvent({ ...failure, step: third, skips: 0, message: "another" });
  progress.close();
  progress.close();
  assert.deepEqual(text.replace(/^\[\d\/3\](, about .*? left)? /gm, "").split("\n"), [
    "FAILED (bad input) subset first and what needs it (2 steps): a.jpg: broken. Mend it",
    "FAILED (bad input) subset third: another",
    "FAILED as subset first did: 1 more step and what needs it (3 steps)",
    "",
  ]);
});

Deno.test("makeProgress() writes one JSON text a line", () => {
  const { progress, text } = display("json");
  progress.onEvent({ type: "started", step: first, pid: 7 });
  progress.onEvent({ type: "skipped", step: second, because: first });
  const lines = text().trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines[0], {
    type: "started",
    step: { key: first.key, kind: "subset", label: "first" },
    pid: 7,
  });
  assert.equal(lines[1].because, first.key);
});

Deno.test("makeProgress() counts the steps alone that are to be worked, and one that is tried again once", () => {
  const { progress, text } = display("plain");
  const other = makeStep({ kind: "subset", spec: { size: 3 }, needs: { images: "i" } }, "other");
  progress.onEvent({ type: "found", step: other });
  progress.onEvent({ type: "started", step: first, pid: 1 });
  progress.onEvent({ type: "again", step: first, kind: "killed", message: "gone" });
  progress.onEvent({ type: "started", step: first, pid: 2 });
  progress.onEvent({ type: "done", step: first, seconds: 1 });
  const lines = text().split("\n").map((line) => line.replace(/, about .* left/, ""));
  assert.match(lines[0]!, /^\[0\/2\] subset first: gone; /);
  assert.match(lines[1]!, /^\[1\/2\] subset first: 1 s/);
});
