import assert from "node:assert/strict";
import {
  InputError,
  InputErrors,
  inputErrorsIn,
  refuse,
  refusingTogether,
} from "@/lib/base/errors.ts";

const wrong = (place: string) => new InputError(place, "it is wrong", "Mend it");

Deno.test("refuse() throws one reason as it is, several with a line each, and for none nothing", () => {
  refuse([]);
  const one = wrong("a");
  assert.throws(() => refuse([one]), (error) => error === one);
  assert.throws(() => refuse([one, wrong("b")]), {
    name: "InputErrors",
    message: "a: it is wrong. Mend it\nb: it is wrong. Mend it",
  });
});

Deno.test("inputErrorsIn() finds what the user can mend, and nothing in a bug", () => {
  const both = [wrong("a"), wrong("b")];
  assert.deepEqual(inputErrorsIn(both[0]), [both[0]]);
  assert.deepEqual(inputErrorsIn(new InputErrors(both)), both);
  assert.deepEqual(inputErrorsIn(new TypeError("x")), []);
});

Deno.test("refusingTogether() does every piece, and refuses for all that any was refused for", async () => {
  assert.deepEqual(await refusingTogether([() => 1, () => Promise.resolve(2)]), [1, 2]);
  const done: string[] = [];
  const pieces = [
    () => refuse([wrong("a"), wrong("b")]),
    () => void done.push("between"),
    () => Promise.reject(wrong("c")),
    () => void done.push("after"),
  ];
  await assert.rejects(refusingTogether(pieces), {
    message: ["a", "b", "c"].map((place) => `${place}: it is wrong. Mend it`).join("\n"),
  });
  assert.deepEqual(done, ["between", "after"]);
});

Deno.test("refusingTogether() throws what is no matter of input at once", async () => {
  let after = false;
  await assert.rejects(
    refusingTogether([
      () => refuse([wrong("a")]),
      () => Promise.reject(new TypeError("a bug")),
      () => void (after = true),
    ]),
    { name: "TypeError" },
  );
  assert.equal(after, false);
});
