import assert from "node:assert/strict";

/** The losses of a method's steps on fixed images, in a process of its own: each has one backend. */
async function lossCurve(...args: string[]): Promise<number[]> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tests/train/curve_process.ts", ...args],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

for (const [method, steps] of [["simclr", 50], ["moco", 12], ["byol", 12]] as const) {
  Deno.test(`trainingStep() by ${method} has the same losses on tensorflow and wasm, until rounding has grown`, async () => {
    const wanted = await lossCurve("tensorflow", method, String(steps));
    const found = await lossCurve("wasm", method, String(steps));
    assert.equal(wanted.length, steps);
    assert.equal(found.length, steps);
    wanted.forEach((loss, i) => {
      const apart = Math.abs(found[i]! - loss) / loss;
      assert.ok(apart < (i < 20 ? 1e-3 : 1e-1), `step ${i + 1}: ${found[i]} instead of ${loss}`);
    });
  });
}
