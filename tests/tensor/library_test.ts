import assert from "node:assert/strict";
import { findLibrary } from "@/lib/tensor/library.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

Deno.test("findLibrary() takes the path that TENSORFLOW_LIBRARY gives", async () => {
  const path = await Deno.makeTempFile();
  try {
    await withEnvironment({ TENSORFLOW_LIBRARY: path }, async () => {
      assert.equal(await findLibrary(), path);
    });
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("findLibrary() refuses a TENSORFLOW_LIBRARY that is no file", async () => {
  await withEnvironment({ TENSORFLOW_LIBRARY: "/no/such/file" }, async () => {
    await assert.rejects(findLibrary(), {
      name: "InputError",
      message:
        'TENSORFLOW_LIBRARY: "/no/such/file" is not a file. Set it to the path of a libtensorflow_cc.so.2, ' +
        "or unset it to have the library fetched",
    });
  });
});
