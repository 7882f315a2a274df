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
  Deno.test(`trainingStep() by ${method} has the same losses on tensorflow, XLA and wasm, until rounding has grown`, async () => {
    const wanted = await lossCurve("tensorflow", method, String(steps));
    assert.equal(wanted.length, steps);
    for (const [backend, device] of [["tensorflow", "xla-cpu"], ["wasm", "cpu"]] as const) {
      const found = await lossCurve(backend, method, String(steps), device);
      assert.equal(found.length, steps);
      wanted.forEach((loss, i) => {
        const apart = Math.abs(found[i]! - loss) / loss;
        assert.ok(apart < (i < 20 ? 1e-3 : 1e-1), `step ${i + 1}: ${found[i]} instead of ${loss}`);
      });
    }
  });

  Deno.test(`trainingStep() by ${method} has on two and four devices the losses of one with the same batch`, async () => {
    // Small steps: where a unit stands at the kink of its ReLU, rounding decides about its gradient, and large ones let that grow.
    const curve = (device: string) => lossCurve("tensorflow", method, "20", device, "0.0005");
    const wanted = await curve("xla-cpu");
    for (const device of ["xla-cpu*2", "xla-cpu*4"]) {
      (await curve(device)).forEach((loss, i) => {
        const apart = Math.abs(loss - wanted[i]!) / wanted[i]!;
        assert.ok(apart < 1e-4, `${device}, step ${i + 1}: ${loss} instead of ${wanted[i]}`);
      });
    }
  });
}
