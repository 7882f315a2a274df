import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { coatOf } from "@/lib/worlds/species/coat.ts";

const palette = { base: ["cream", "tan", "black"], mark: ["white", "umber", "rust"] } as const;

Deno.test("coatOf() draws the same two colours whatever the marking, so that colour names no species", () => {
  for (let i = 0; i < 20; i++) {
    const [one, other] = (["spotted", "netted"] as const).map((pattern) =>
      coatOf([pattern], { palette, random: randomAt(1, "coat", i) })
    );
    assert.deepEqual(one!.base, other!.base);
    assert.deepEqual(one!.mark, other!.mark);
  }
});

Deno.test("coatOf() keeps the mark apart from the base, light or dark", () => {
  const seen = new Set<boolean>();
  for (let i = 0; i < 300; i++) {
    const { base, mark } = coatOf(["spotted"], { palette, random: randomAt(2, "coat", i) });
    const gap = base.reduce((sum, value, at) => sum + Math.abs(value - mark[at]!), 0);
    assert.ok(gap > 0.3, `${base} and ${mark}`);
    seen.add(base[1] > mark[1]);
  }
  assert.equal(seen.size, 2);
});

Deno.test("coatOf() fills with the base where the pattern is 0 and with the mark where it is 1", () => {
  const coat = coatOf(["pied"], { palette, random: randomAt(3, "coat") });
  const out = new Float64Array(3);
  for (const [x, colour] of [[0.5, coat.base], [-0.5, coat.mark]] as const) {
    coat.patterned(x, 0, out);
    for (const channel of [0, 1, 2]) {
      assert.ok(Math.abs(out[channel]! - colour[channel]!) < 0.16 * colour[channel]! + 1e-9);
    }
  }
});
