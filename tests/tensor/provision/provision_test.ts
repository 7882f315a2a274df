import assert from "node:assert/strict";
import { sha256, sha256File } from "@/lib/base/sha256.ts";
import { inspectCache } from "@/lib/tensor/provision/cache.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";
import type { LibraryPackage, Wheel } from "@/lib/tensor/provision/wheel.ts";
import {
  CONTENT,
  FAKE_PACKAGE,
  FAKE_WHEEL,
  inFolder,
  namesIn,
  onlyFrom,
  WHEEL_NAME,
  writeFakeWheel,
} from "@/tests/tensor/provision/fake_wheel.ts";
import { onlyIndex, withIndex } from "@/tests/tensor/provision/local_index.ts";

const FIRST = "tiny/libfirst.so", SECOND = "tiny/libsecond.so";

Deno.test("provision() takes the libraries out of the wheel that pip finds, and says what they are", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/wheels`);
    const wheel = await writeFakeWheel(`${folder}/wheels`);
    const stages: string[] = [];
    const cache = `${folder}/deep/cache/tiny`;
    await provision(cache, {
      package: FAKE_PACKAGE,
      environment: onlyFrom(`${folder}/wheels`),
      onProgress: ({ stage, total }) => stages.push(`${stage} ${total}`),
    });
    assert.deepEqual(await namesIn(cache), ["manifest.json", "tiny"]);
    assert.deepEqual(await namesIn(`${cache}/tiny`), ["libfirst.so", "libsecond.so"]);
    assert.deepEqual(await namesIn(`${folder}/deep/cache`), ["tiny"]);
    assert.equal(await Deno.readTextFile(`${cache}/${FIRST}`), CONTENT[FIRST]);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(`${cache}/manifest.json`)), {
      version: "1.0",
      library: FIRST,
      sources: [{ name: WHEEL_NAME, sha256: await sha256File(wheel) }],
      files: {
        [FIRST]: { bytes: 120_000, sha256: sha256(CONTENT[FIRST]!) },
        [SECOND]: { bytes: 6, sha256: sha256("second") },
      },
    });
    // The whole size is told before anything is fetched.
    assert.deepEqual(stages.slice(0, 2), ["ask 121000", "download 121000"]);
  }));

Deno.test("provision() puts the files of several wheels together", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/wheels`);
    await writeFakeWheel(`${folder}/wheels`);
    const other: Wheel = {
      ...FAKE_WHEEL,
      name: "tiny-parts",
      platform: "manylinux2014_x86_64",
      bytes: 1000,
      files: ["parts/bin/tool"],
    };
    const third: Wheel = { ...other, name: "tiny-third", files: ["tiny/libthird.so"] };
    await writeFakeWheel(`${folder}/wheels`, other, { files: { "parts/bin/tool": "#!/bin/sh" } });
    await writeFakeWheel(`${folder}/wheels`, third, { files: { "tiny/libthird.so": "third" } });
    const wanted: LibraryPackage = { ...FAKE_PACKAGE, wheels: [FAKE_WHEEL, other, third] };
    const totals = new Set<number | undefined>();
    await provision(`${folder}/gpu`, {
      package: wanted,
      environment: onlyFrom(`${folder}/wheels`),
      onProgress: ({ stage, total }) => stage === "download" && totals.add(total),
    });
    assert.equal(await Deno.readTextFile(`${folder}/gpu/tiny/libthird.so`), "third");
    const tool = await Deno.stat(`${folder}/gpu/parts/bin/tool`);
    assert.equal(tool.mode! & 0o111, 0o111);
    assert.deepEqual([...totals], [123_000]);
    const found = await inspectCache(`${folder}/gpu`, { hashes: true });
    assert.equal(found.state, "ok");
    assert.equal(found.state === "ok" && found.manifest.sources.length, 3);
  }));

Deno.test("provision() fetches a damaged library again, and does nothing where it is whole", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const options = { package: FAKE_PACKAGE, environment: onlyFrom(folder) };
    const cache = `${folder}/tiny`;
    await provision(cache, options);
    await Deno.truncate(`${cache}/${FIRST}`, 5);
    assert.deepEqual(await inspectCache(cache), {
      state: "broken",
      problem: `${FIRST} has 5 bytes instead of 120000`,
    });
    await provision(cache, options);
    assert.equal((await inspectCache(cache, { hashes: true })).state, "ok");
    await provision(cache, { ...options, environment: { PATH: "" } });
  }));

Deno.test("provision() says when the wheel lacks a library", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const wheel: Wheel = { ...FAKE_WHEEL, files: ["tiny/libthird.so"] };
    await assert.rejects(
      provision(`${folder}/tiny`, {
        package: { ...FAKE_PACKAGE, wheels: [wheel] },
        environment: onlyFrom(folder),
      }),
      /the libraries could not be taken out of it: .*tiny\/libthird\.so/,
    );
  }));

Deno.test("provision() by two callers at once fetches once", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const cache = `${folder}/tiny`;
    const options = { package: FAKE_PACKAGE, environment: onlyFrom(folder) };
    const stages: string[] = [];
    const onProgress = ({ stage }: { stage: string }) => void stages.push(stage);
    await Promise.all([
      provision(cache, { ...options, onProgress }),
      provision(cache, { ...options, onProgress }),
    ]);
    assert.equal((await inspectCache(cache, { hashes: true })).state, "ok");
    assert.deepEqual(await namesIn(folder), ["tiny", WHEEL_NAME]);
    assert.equal(stages.filter((stage) => stage === "ask").length, 1);
    assert.ok(stages.includes("wait"));
  }));

/** Starts `provision()` in a process of its own. */
function spawnProvision(folder: string, environment: Record<string, string>): Deno.ChildProcess {
  const program = `${import.meta.dirname}/provision_process.ts`;
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      program,
      folder,
      JSON.stringify(FAKE_PACKAGE),
      JSON.stringify(environment),
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
}

Deno.test("provision() by two processes at once fetches once, and both go on", () =>
  inFolder(async (folder) => {
    const wheel = await Deno.readFile(await writeFakeWheel(folder));
    await withIndex(wheel, async ({ url, files }) => {
      const cache = `${folder}/tiny`;
      const runs = [1, 2].map(() => spawnProvision(cache, onlyIndex(url)));
      const ends = await Promise.all(runs.map(({ status }) => status));
      assert.deepEqual(ends.map(({ success }) => success), [true, true]);
      assert.equal(files.requests.filter(({ byPip }) => !byPip).length, 1);
      assert.equal((await inspectCache(cache, { hashes: true })).state, "ok");
      assert.deepEqual(await namesIn(folder), ["tiny", WHEEL_NAME]);
    });
  }));

Deno.test("provision() goes on where a process was killed in the middle of its download", () =>
  inFolder(async (folder) => {
    const wheel = await Deno.readFile(await writeFakeWheel(folder));
    await withIndex(wheel, async ({ url, files }) => {
      const cache = `${folder}/tiny`;
      const part = `${cache}.download/${sha256(wheel).slice(0, 16)}.part`;
      const killed = spawnProvision(cache, onlyIndex(url));
      for (let size = 0; size < 50_000;) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        size = (await Deno.stat(part).catch(() => undefined))?.size ?? 0;
      }
      killed.kill("SIGKILL");
      await killed.status;
      await provision(cache, { package: FAKE_PACKAGE, environment: onlyIndex(url) });
      assert.equal((await inspectCache(cache, { hashes: true })).state, "ok");
      const ours = files.requests.filter(({ byPip }) => !byPip).map(({ range }) => range);
      assert.deepEqual(ours, [null, "bytes=50000-"]);
      assert.deepEqual(await namesIn(folder), ["tiny", WHEEL_NAME]);
    }, { holdAfter: 50_000 });
  }));
