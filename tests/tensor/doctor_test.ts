import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import { type Check, diagnose, loadBackend } from "@/lib/tensor/mod.ts";
import { findPlugin, lookForPlugin } from "@/lib/tensor/plugin.ts";
import { cacheFolder } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

async function check(name: string): Promise<Check> {
  const { checks } = await diagnose();
  const found = checks.find((candidate) => candidate.name === name);
  assert.ok(found !== undefined, `there is no check "${name}"`);
  return found;
}

/** Of plugins that are there; whoever has none is told of none. */
async function pluginChecks(): Promise<readonly string[]> {
  const there: string[] = [];
  for (const device of ["gpu", "tpu", "xla-cpu"] as const) {
    const look = await lookForPlugin(device).catch(() => undefined);
    if (look !== undefined && "plugin" in look) {
      there.push(`PJRT plugin for ${device}`, `matrix product on ${device}`);
    }
  }
  return there;
}

Deno.test("diagnose() finds the library sound and a matrix product right", async () => {
  await loadBackend();
  const { checks } = await diagnose();
  assert.deepEqual(checks.map(({ name }) => name), [
    "Deno",
    "machine",
    "memory",
    "processor",
    "GPU",
    "bfloat16",
    "Python and pip",
    "TensorFlow's library",
    "64 x 64 matrix product",
    ...await pluginChecks(),
    "never tried by the makers",
  ]);
  const named = (name: string) => checks.find((one) => one.name === name)!;
  const library = named("TensorFlow's library"), product = named("64 x 64 matrix product");
  assert.equal(library.state, "ok");
  assert.match(library.detail, /checksums agree|from TENSORFLOW_LIBRARY/);
  assert.equal(product.state, "ok");
  assert.match(
    product.detail,
    /run by TensorFlow \d+\.\d+\.\d+ on the CPU, right in every element/,
  );
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
      assert.match(library.remedy!, /the first run fetches it \(tensorflow.*[\d.]+ [MG]B to fetch/);
      assert.equal((await check("64 x 64 matrix product")).state, "missing");
      assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    });
  } finally {
    await Deno.remove(folder);
  }
});

Deno.test("diagnose() says that a library came from the archive, and how to have the newer one", async () => {
  const root = await Deno.makeTempDir();
  try {
    const variables = {
      WHEN_CONTRASTIVE_LIBRARIES: root,
      TENSORFLOW_LIBRARY: undefined,
      CUDA_VISIBLE_DEVICES: "",
    };
    await withEnvironment(variables, async () => {
      const folder = cacheFolder(packageFor());
      await Deno.mkdir(folder);
      const files = { "lib.so": { bytes: 4, sha256: sha256("tiny") } };
      const manifest = { version: "2.18.0", library: "lib.so", sources: [], files };
      await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(manifest));
      await Deno.writeTextFile(`${folder}/lib.so`, "tiny");
      const { checks } = await diagnose();
      const detailOf = (name: string) => checks.find((check) => check.name === name)!.detail;
      assert.match(
        detailOf("TensorFlow's library"),
        /lib\.so, version 2\.18\.0, checksums agree; from the archive, because version .* remove/,
      );
      assert.match(detailOf("never tried by the makers"), /^here: .*archive of TensorFlow's C/);
    });
  } finally {
    await Deno.remove(root, { recursive: true });
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

Deno.test({
  name: "diagnose() says what a plugin is, and what it reached",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const { path } = await findPlugin("xla-cpu");
    const found = await check("PJRT plugin for xla-cpu");
    assert.deepEqual(found, {
      name: "PJRT plugin for xla-cpu",
      state: "ok",
      detail: `${path}, from the cache`,
    });
    const reached = await check("matrix product on xla-cpu");
    assert.equal(reached.state, "ok");
    assert.match(
      reached.detail,
      /^run by cpu, platform cpu, by PJRT 0\.\d+, right in every element$/,
    );
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/text.so`, "no plugin");
      await withEnvironment({ PJRT_PLUGIN: `${folder}/text.so` }, async () => {
        assert.match((await check("PJRT plugin")).detail, /text\.so, from PJRT_PLUGIN$/);
        const broken = await check("matrix product by it");
        assert.equal(broken.state, "broken");
        assert.match(broken.remedy!, /PJRT_PLUGIN/);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
