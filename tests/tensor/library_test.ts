import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import { findLibrary } from "@/lib/tensor/library.ts";
import { cacheFolder } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

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

/** Runs `findLibrary()` in a process that may read and nothing else: run no process, touch no network, write no file. */
async function findOnlyReading(root: string): Promise<{ found: boolean; said: string }> {
  const program = `${import.meta.dirname}/provision/find_library_process.ts`;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-read", "--allow-env", program],
    env: { WHEN_CONTRASTIVE_LIBRARIES: root, TENSORFLOW_LIBRARY: "" },
  }).output();
  return { found: success, said: new TextDecoder().decode(success ? stdout : stderr) };
}

Deno.test("findLibrary() needs neither network nor Python where the cache is filled", () =>
  inFolder(async (root) => {
    const folder = cacheFolder(packageFor(), root);
    await Deno.mkdir(folder);
    const files = { "lib.so": { bytes: 4, sha256: sha256("tiny") } };
    const manifest = { version: "1", library: "lib.so", sources: [], files };
    await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(manifest));
    // Something is missing: now it would have to fetch, and may not.
    const without = await findOnlyReading(root);
    assert.equal(without.found, false);
    assert.match(without.said, /NotCapable|Requires (write|run|sys|net) access/);
    await Deno.writeTextFile(`${folder}/lib.so`, "tiny");
    assert.deepEqual(await findOnlyReading(root), { found: true, said: `${folder}/lib.so` });
  }));
