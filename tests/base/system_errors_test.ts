import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { InputError } from "@/lib/base/errors.ts";
import { explained, explaining, isLimit, wordsOf } from "@/lib/base/system_errors.ts";

/** What is said of an error that some work throws. */
async function said(work: () => unknown, place = "/store"): Promise<InputError> {
  try {
    await explaining(place, async () => await work());
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.ok(error.cause instanceof Error);
    return error;
  }
  assert.fail("it worked");
}

function withCode(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

Deno.test("the system's errors are told by the path that they name, whether Deno or Node met them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (
      const read of [
        () => Deno.readTextFile(`${folder}/it's`),
        () => readFileSync(`${folder}/it's`),
      ]
    ) {
      const { place, problem, kind } = await said(read);
      assert.deepEqual([place, problem, kind], [
        `${folder}/it's`,
        "there is no such file or folder",
        "bad input",
      ]);
    }
    const { message } = await said(() => Deno.rename(`${folder}/a`, `${folder}/b`));
    assert.ok(message.startsWith(`${folder}/a: there is no such file`), message);
    const deep = await said(() => Deno.readTextFile(`${folder}/x/y`), folder);
    assert.equal(deep.place, folder, "a path inside the place is the place's matter");
    const { problem } = await said(() => Deno.readTextFile(folder));
    assert.equal(problem, "it is a folder, not a file");
    const long = await said(() => Deno.readTextFile(`${folder}/${"x".repeat(300)}`), "/store");
    assert.match(
      long.message,
      /: the name is too long for its file system\. Give it a shorter one$/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test({
  name: "a full disk is a failure of its own kind, with what to do",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const { message, kind } = await said(() => Deno.writeTextFile("/dev/full", "x"), "/dev");
    assert.equal(kind, "disk full");
    assert.equal(
      message,
      "/dev: no space left on the disk. Make room, or choose another place (--store, --out); " +
        "the same command continues from there",
    );
    using file = await Deno.open("/dev/full", { write: true });
    assert.equal((await said(() => file.write(new Uint8Array(9)))).place, "/store");
  },
});

Deno.test("limits of the machine are told apart from what is wrong with a file", async () => {
  for (const code of ["EMFILE", "ENFILE", "EAGAIN", "EROFS"]) {
    assert.equal((await said(() => Promise.reject(withCode(code)))).kind, "machine");
  }
  assert.deepEqual(
    ["EMFILE", "ENOMEM", "EIO", "EACCES"].map((code) => isLimit(withCode(code))),
    [true, true, false, false],
  );
  const spawned = await said(() => {
    throw withCode("EMFILE", "Failed to spawn '/usr/bin/deno': Too many open files (os error 24)");
  });
  assert.match(spawned.message, /^\/usr\/bin\/deno: too many files are open at once\. .*ulimit -n/);
});

Deno.test("wordsOf() says what the system's code means, and else what the error says", () => {
  assert.equal(wordsOf(withCode("ELOOP", "os error 40")), "its links form a circle");
  assert.equal(wordsOf(withCode("EXDEV", "os error 18")), "os error 18");
  assert.equal(wordsOf("text"), "text");
});

Deno.test("what no user can mend, and what is explained already, stays as it is", () => {
  for (
    const error of [
      new TypeError("x is undefined"),
      withCode("ECONNREFUSED"),
      new InputError("a", "b", "C"),
      "text",
    ]
  ) assert.equal(explained(error, "/store"), error);
});
