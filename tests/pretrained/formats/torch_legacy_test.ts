import assert from "node:assert/strict";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import {
  bytesOf,
  call,
  dict,
  floats,
  int,
  pickle,
  tensor,
  text,
  torchLegacy,
  tuple,
  withFile,
} from "@/tests/pretrained/pickled.ts";
import { refused } from "@/tests/pretrained/refused.ts";

const content = pickle(dict({
  a: tensor({ elements: 2, key: "k7" }),
  b: tensor({ elements: 2, key: "k8", kind: "HalfStorage" }),
}));
const halves = bytesOf([0, 0x3c, 0, 0xc0]);
const whole = torchLegacy(content, { k8: [2, halves], k7: [2, floats(5, 6)] });

Deno.test("tensors of an older file are read, whatever the order of its storages", () =>
  withFile(whole, async (path) => {
    using file = await openWeights(path);
    assert.deepEqual([...file.tensors.keys()], ["a", "b"]);
    assert.deepEqual([...await file.values("a")], [5, 6]);
    assert.deepEqual([...await file.values("b")], [1, -2]);
  }));

Deno.test("a part of a storage begins where the older file says", () => {
  const part = tuple(text("view"), int(1), int(2));
  const parts = pickle(dict({ a: tensor({ elements: 4, part, shape: [2] }) }));
  return withFile(torchLegacy(parts, { 0: [4, floats(1, 2, 3, 4)] }), async (path) => {
    using file = await openWeights(path);
    assert.deepEqual([...await file.values("a")], [2, 3]);
  });
});

Deno.test("an older file that is cut off anywhere is refused", async () => {
  for (let length = 20; length < whole.length; length += 7) {
    await refused(whole.subarray(0, length), /not a whole file|should|beyond|no list/);
  }
});

Deno.test("an older file whose sizes or names lie is refused", async () => {
  await refused(
    torchLegacy(content, { k8: [2, halves], k7: [3, floats(5, 6, 7)] }),
    /the storage "k7" has 3 elements, and should have 2/,
  );
  await refused(
    torchLegacy(content, { k7: [2, floats(5, 6)], k8: [2, bytesOf([0, 0])] }),
    /the storage "k8" should end at byte/,
  );
  await refused(
    torchLegacy(content, { k7: [2, floats(5, 6)] }),
    /the storage "k8" should have 4 bytes, and is not there/,
  );
  await refused(torchLegacy(content, { k9: [2, floats(5, 6)] }), /"k9", which is unknown or twice/);
});

Deno.test("an older file of another version, or that runs code, is refused", async () => {
  const version = whole.slice();
  version[version.indexOf(0xe9)] = 0xea;
  await refused(version, /its version is 1002, and 1001 is known/);
  await refused(torchLegacy(pickle(call("posix.system", text("id")))), /it names posix\.system/);
});
