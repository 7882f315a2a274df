import assert from "node:assert/strict";
import { type Check, diagnose, loadBackend } from "@/lib/tensor/mod.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

async function check(name: string): Promise<Check> {
  const { checks } = await diagnose();
  const found = checks.find((candidate) => candidate.name === name);
  assert.ok(found !== undefined, `there is no check "${name}"`);
  return found;
}

Deno.test("diagnose() finds the library sound and a matrix product right", async () => {
  await loadBackend();
  const { checks } = await diagnose();
  assert.deepEqual(checks.map(({ name }) => name), [
    "Deno",
    "machine",
    "memory",
    "processor",
    "Python and pip",
    "TensorFlow's library",
    "64 x 64 matrix product",
  ]);
  const library = checks.at(-2)!, product = checks.at(-1)!;
  assert.equal(library.state, "ok");
  assert.match(library.detail, /checksums agree|from TENSORFLOW_LIBRARY/);
  assert.equal(product.state, "ok");
  assert.match(product.detail, /run by TensorFlow \d+\.\d+\.\d+, right in every element/);
});

Deno.test("diagnose() reports a library that cannot be loaded, with a remedy", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, "not a library");
    await withEnvironment({ TENSORFLOW_LIBRARY: path }, async () => {
      const product = await check("64 x 64 matrix product");
      assert.equal(product.state, "broken");
      assert.match(product.detail, /Could not open library/);
      assert.match(product.remedy!, /TENSORFLOW_LIBRARY/);
    });
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("diagnose() fetches nothing where the library is missing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const variables = { WHEN_CONTRASTIVE_LIBRARIES: folder, TENSORFLOW_LIBRARY: undefined };
    await withEnvironment(variables, async () => {
      const library = await check("TensorFlow's library");
      assert.equal(library.state, "missing");
      assert.match(library.remedy!, /the first run fetches it/);
      assert.equal((await check("64 x 64 matrix product")).state, "missing");
      assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    });
  } finally {
    await Deno.remove(folder);
  }
});

Deno.test("diagnose() reports that Python is missing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await withEnvironment({ PATH: folder }, async () => {
      const python = await check("Python and pip");
      assert.equal(python.state, "missing");
      assert.match(python.remedy!, /Install Python 3 and pip/);
    });
  } finally {
    await Deno.remove(folder);
  }
});
