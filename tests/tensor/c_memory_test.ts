import assert from "node:assert/strict";
import { addressOf, bytesAt, cName, cString, textAt, wordsAt } from "@/lib/tensor/c_memory.ts";

Deno.test("what lies in memory is copied out by its address; of nothing there is nothing", () => {
  const text = cString("Größe"), words = BigUint64Array.of(1n, 2n);
  assert.equal(textAt(addressOf(text), text.length), "Größe\0");
  assert.deepEqual(wordsAt(addressOf(words), 2), words);
  const copy = bytesAt(addressOf(words), 8);
  words[0] = 7n;
  assert.equal(copy[0], 1);
  assert.equal(addressOf(new Uint8Array(0)), 0n);
  assert.equal(bytesAt(0n, 0).length, 0);
});

Deno.test("cName() makes a name once, and cString() a text anew", () => {
  assert.equal(cName("Conv2D"), cName("Conv2D"));
  assert.deepEqual(cName("Conv2D"), cString("Conv2D"));
  assert.notEqual(cString("Conv2D"), cString("Conv2D"));
});
