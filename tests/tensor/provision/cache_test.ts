import assert from "node:assert/strict";
import { cacheFolder, cacheRoot, inspectCache } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { pluginPackage } from "@/lib/tensor/provision/plugins.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

Deno.test("cacheRoot() is the project's variable, else the user's cache folder", async () => {
  const none = {
    WHEN_CONTRASTIVE_LIBRARIES: undefined,
    XDG_CACHE_HOME: undefined,
    HOME: undefined,
  };
  const rootWith = async (variables: Record<string, string>) => {
    let root = "";
    await withEnvironment({ ...none, ...variables }, () => void (root = cacheRoot()));
    return root;
  };
  assert.equal(await rootWith({ HOME: "/h" }), "/h/.cache/when-contrastive");
  assert.equal(await rootWith({ HOME: "/h", XDG_CACHE_HOME: "/x" }), "/x/when-contrastive");
  assert.equal(await rootWith({ XDG_CACHE_HOME: "/x", WHEN_CONTRASTIVE_LIBRARIES: "/w" }), "/w");
  await assert.rejects(rootWith({}), /HOME: it is not set/);
});

Deno.test("cacheFolder() names library, version, machine and device", () => {
  const machine = "linux-x86_64", here = `${Deno.build.os}-${Deno.build.arch}`;
  assert.equal(cacheFolder(packageFor(machine), "/root"), `/root/tensorflow-2.21.0-${here}-cpu`);
  assert.equal(
    cacheFolder(pluginPackage("xla-cpu", machine), "/root"),
    `/root/pjrt-0.0.1-${here}-xla-cpu`,
  );
});

Deno.test("inspectCache() tells missing, whole and broken apart, and why", () =>
  inFolder(async (folder) => {
    const inspect = (hashes = false) => inspectCache(folder, { hashes });
    const manifest = (value: unknown) =>
      Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(value));
    const described = (text: string) => ({ bytes: text.length, sha256: sha256(text) });
    assert.deepEqual(await inspect(), { state: "missing" });
    await Deno.writeTextFile(`${folder}/manifest.json`, "{");
    assert.deepEqual(await inspect(), {
      state: "broken",
      problem: "its manifest.json cannot be read",
    });
    await manifest({ library: "libfirst.so", files: {} });
    assert.match(JSON.stringify(await inspect()), /cannot be read/);
    await manifest({
      library: "libfirst.so",
      files: { "libfirst.so": described("one"), "libsecond.so": described("two") },
    });
    assert.match(JSON.stringify(await inspect()), /libfirst.so is missing/);
    await Deno.writeTextFile(`${folder}/libfirst.so`, "one");
    await Deno.writeTextFile(`${folder}/libsecond.so`, "2");
    assert.match(JSON.stringify(await inspect()), /libsecond.so has 1 bytes instead of 3/);
    await Deno.writeTextFile(`${folder}/libsecond.so`, "TWO");
    assert.equal((await inspect()).state, "ok");
    assert.match(JSON.stringify(await inspect(true)), /libsecond.so has another checksum/);
    await Deno.writeTextFile(`${folder}/libsecond.so`, "two");
    assert.equal((await inspect(true)).state, "ok");
  }));
