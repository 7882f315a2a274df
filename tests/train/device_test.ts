import assert from "node:assert/strict";
import { methodNames } from "@/dsl/mod.ts";
import type { Course } from "@/tests/train/device_process.ts";

const STEPS = 10;

/** What each method's training on a device comes to, computed in a process of its own, since a process has one device. */
async function coursesOn(device: string): Promise<Record<string, Course>> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--frozen",
      "-A",
      `${import.meta.dirname}/device_process.ts`,
      device,
      String(STEPS),
    ],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** How far two lists of numbers are apart, in parts of the length of the second. */
function apart(actual: readonly number[], expected: readonly number[]): number {
  assert.equal(actual.length, expected.length);
  return Math.hypot(...actual.map((value, i) => value - expected[i]!)) / Math.hypot(...expected);
}

let trained: ReturnType<typeof trainedOnBoth> | undefined;

function trainedOnBoth() {
  return Promise.all([coursesOn("cpu"), coursesOn("xla-cpu")]);
}

function assertNear(
  what: string,
  [actual, expected]: readonly [readonly number[], readonly number[]],
  tolerance: number,
): void {
  const difference = apart(actual, expected);
  assert.ok(difference < tolerance, `${what}: ${difference} apart from TensorFlow's`);
}

for (const method of methodNames) {
  Deno.test(`training by ${method} on XLA's CPU plugin has the gradients and the losses of ${STEPS} steps that TensorFlow has`, async () => {
    const [onCpu, onXla] = await (trained ??= trainedOnBoth());
    const [exact, narrow] = [`${method} in float32`, `${method} in bfloat16`] as const;
    const gradients = (course: Course) => Object.values(course.gradients).flat();
    const expected = onCpu[exact]!;
    const names = Object.keys(expected.gradients);
    assert.deepEqual(Object.keys(onXla[exact]!.gradients), names);
    assertNear("gradients", [gradients(onXla[exact]!), gradients(expected)], 1e-4);
    assertNear("losses", [onXla[exact]!.losses, expected.losses], 1e-3);
    // bfloat16 has 8 bits, and a unit whose ReLU it turns off or on turns its gradients with it.
    assertNear("gradients in bfloat16", [gradients(onXla[narrow]!), gradients(expected)], 0.25);
    assertNear("losses in bfloat16", [onXla[narrow]!.losses, onCpu[narrow]!.losses], 0.2);
  });
}
