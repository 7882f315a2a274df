import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { inspectCache } from "@/lib/tensor/provision/cache.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";
import type { Wheel } from "@/lib/tensor/provision/wheel.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";
import {
  FAKE_PACKAGE,
  FAKE_WHEEL,
  fakePython,
  inFolder,
  onlyFrom,
  writeFakeWheel,
} from "@/tests/tensor/provision/fake_wheel.ts";
import { ISOLATED, onlyIndex, withIndex } from "@/tests/tensor/provision/local_index.ts";

async function assertFetched(
  cache: string,
  environment: Record<string, string>,
  wanted = FAKE_PACKAGE,
): Promise<void> {
  await provision(cache, { package: wanted, environment });
  assert.equal((await inspectCache(cache, { hashes: true })).state, "ok");
}

Deno.test("fetchWheels() goes on by itself where a connection breaks off", () =>
  inFolder(async (folder) => {
    const wheel = await Deno.readFile(await writeFakeWheel(folder));
    await withIndex(wheel, async ({ url, files }) => {
      await assertFetched(`${folder}/tiny`, onlyIndex(url));
      const ours = files.requests.filter(({ byPip }) => !byPip).map(({ range }) => range);
      assert.deepEqual(ours, [null, "bytes=30000-"]);
    }, { cutAfter: 30_000 });
  }));

Deno.test("fetchWheels() finds the wheel in pip's extra index", () =>
  inFolder(async (folder) => {
    const wheel = await Deno.readFile(await writeFakeWheel(folder));
    await withIndex(wheel, async ({ url }) => {
      const empty = url.replace("/simple", "/empty");
      await assertFetched(`${folder}/tiny`, { ...onlyIndex(empty), PIP_EXTRA_INDEX_URL: url });
    });
  }));

Deno.test("fetchWheels() finds the wheel in the index that pip's configuration file names", () =>
  inFolder(async (folder) => {
    const wheel = await Deno.readFile(await writeFakeWheel(folder));
    await withIndex(wheel, async ({ url }) => {
      const config = `${folder}/pip.conf`;
      await Deno.writeTextFile(config, `[global]\nindex-url = ${url}\n`);
      await withEnvironment(
        { PIP_INDEX_URL: undefined },
        () => assertFetched(`${folder}/tiny`, { ...ISOLATED, PIP_CONFIG_FILE: config }),
      );
    });
  }));

Deno.test("fetchWheels() takes a wheel for another Python than the one that runs", () =>
  inFolder(async (folder) => {
    // No Python is 3.99 today: this one's relation to the wheel is that of tomorrow's Python to TensorFlow's.
    const other: Wheel = { ...FAKE_WHEEL, pythonVersion: "3.99" };
    await writeFakeWheel(folder, other);
    const wanted = { ...FAKE_PACKAGE, wheels: [other] as const };
    await assertFetched(`${folder}/tiny`, onlyFrom(folder), wanted);
  }));

Deno.test("fetchWheels() lets pip download where pip cannot say where the wheel is", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const python = new Deno.Command("which", { args: ["python3"] }).outputSync().stdout;
    const real = new TextDecoder().decode(python).trim();
    const old = `#!/bin/sh\ncase "$*" in *--report*) exit 2;; esac\nexec ${real} "$@"\n`;
    const environment = { ...onlyFrom(folder), ...await fakePython(folder, old) };
    await assertFetched(`${folder}/tiny`, environment);
  }));

Deno.test("fetchWheels() refuses a wheel with another checksum than the index says", () =>
  inFolder(async (folder) => {
    const wheel = await Deno.readFile(await writeFakeWheel(folder));
    await withIndex(wheel, async ({ url }) => {
      const cache = `${folder}/tiny`;
      await assert.rejects(
        provision(cache, { package: FAKE_PACKAGE, environment: onlyIndex(url) }),
        (error) =>
          error instanceof InputError && error.place === "pip" && /hash/i.test(error.problem),
      );
      assert.equal((await inspectCache(cache)).state, "missing");
    }, { sha256: "0".repeat(64) });
  }));

Deno.test("fetchWheels() says what to do without Python, without pip, and without the wheel", () =>
  inFolder(async (folder) => {
    const tried = (environment: Record<string, string>) =>
      provision(`${folder}/tiny`, { package: FAKE_PACKAGE, environment });
    await Deno.mkdir(`${folder}/empty`);
    await assert.rejects(tried({ PATH: `${folder}/empty` }), {
      name: "InputError",
      message:
        "python3: it is not on the PATH, and libraries are fetched with its pip. Install Python 3 and pip. " +
        "Or set TENSORFLOW_LIBRARY to the path of a libtensorflow_cc.so.2 that you have",
    });
    const noPip = await fakePython(folder, "#!/bin/sh\necho No module named pip >&2\nexit 1\n");
    await assert.rejects(tried(noPip), /python3: it has no pip, .* Install pip/);
    await assert.rejects(
      tried(onlyFrom(`${folder}/empty`)),
      /pip: it did not download tiny-library 1\.0 for manylinux_2_27_x86_64:[^]*No matching distribution/,
    );
  }));
