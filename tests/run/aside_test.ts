import assert from "node:assert/strict";
import { makeAside } from "@/lib/run/aside.ts";

Deno.test("makeAside() gives a thing back after a while, which grows with every time up to a bound", () => {
  let now = 0;
  const aside = makeAside<string>(() => now);
  assert.equal(aside.wait(), Infinity);
  const pauses: number[] = [];
  for (let i = 0; i < 10; i++) {
    assert.equal(aside.knows("a"), i > 0);
    aside.put("a");
    assert.deepEqual([aside.size, [...aside.all()]], [1, ["a"]]);
    const pause = aside.wait();
    pauses.push(pause);
    now += pause - 1;
    assert.deepEqual(aside.due(), []);
    now += 1;
    assert.deepEqual(aside.due(), ["a"]);
    assert.equal(aside.size, 0);
  }
  assert.deepEqual(pauses.slice(0, 3), [1000, 1500, 2250]);
  assert.equal(pauses.at(-1), 15_000);
});
