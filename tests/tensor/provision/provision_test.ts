import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { sha256, sha256File } from "@/lib/base/sha256.ts";
import { inspectCache } from "@/lib/tensor/provision/cache.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";
import {
  CONTENT,
  FAKE_PACKAGE,
  inFolder,
  onlyFrom,
  WHEEL_NAME,
  writeFakeWheel,
} from "@/tests/tensor/provision/fake_wheel.ts";
import { serveFile } from "@/tests/tensor/provision/range_server.ts";

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("provision() takes the libraries out of the wheel that pip finds, and says what they are", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/wheels`);
    const wheel = await writeFakeWheel(`${folder}/wheels`);
    const stages: string[] = [];
    const cache = `${folder}/deep/cache/tiny`;
    await provision(cache, {
      package: FAKE_PACKAGE,
      environment: onlyFrom(`${folder}/wheels`),
      onProgress: ({ stage }) => stages.push(stage),
    });
    assert.deepEqual(await names(cache), ["libfirst.so", "libsecond.so", "manifest.json"]);
    assert.deepEqual(await names(`${folder}/deep/cache`), ["tiny"]);
    assert.equal(await Deno.readTextFile(`${cache}/libfirst.so`), CONTENT["libfirst.so"]);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(`${cache}/manifest.json`)), {
      package: "tiny-library",
      version: "1.0",
      wheel: { name: WHEEL_NAME, sha256: await sha256File(wheel) },
      files: {
        "libfirst.so": { bytes: 120_000, sha256: sha256(CONTENT["libfirst.so"]) },
        "libsecond.so": { bytes: 6, sha256: sha256("second") },
      },
    });
    assert.equal(stages[0], "ask");
  }));

Deno.test("provision() fetches a damaged library again", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const options = { package: FAKE_PACKAGE, environment: onlyFrom(folder) };
    const cache = `${folder}/tiny`;
    await provision(cache, options);
    await Deno.truncate(`${cache}/libfirst.so`, 5);
    assert.deepEqual(await inspectCache(cache, FAKE_PACKAGE), {
      state: "broken",
      problem: "libfirst.so has 5 bytes instead of 120000",
    });
    await provision(cache, options);
    assert.equal((await inspectCache(cache, FAKE_PACKAGE, { hashes: true })).state, "ok");
  }));

Deno.test("provision() does nothing where the library is whole", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const cache = `${folder}/tiny`;
    await provision(cache, { package: FAKE_PACKAGE, environment: onlyFrom(folder) });
    await provision(cache, { package: FAKE_PACKAGE, environment: { PATH: "" } });
  }));

Deno.test("provision() by two at once leaves one whole library", () =>
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
    assert.equal((await inspectCache(cache, FAKE_PACKAGE, { hashes: true })).state, "ok");
    assert.deepEqual(await names(folder), ["tiny", WHEEL_NAME]);
    // One fetched, the other waited.
    assert.equal(stages.filter((stage) => stage === "ask").length, 1);
    assert.ok(stages.includes("wait"));
  }));

Deno.test("provision() by two processes at once leaves one whole library", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const cache = `${folder}/tiny`;
    const options = JSON.stringify({ package: FAKE_PACKAGE, environment: onlyFrom(folder) });
    const program = `
      import { provision } from "@/lib/tensor/provision/provision.ts";
      await provision(${JSON.stringify(cache)}, ${options});
    `;
    const runs = await Promise.all([1, 2].map(() =>
      new Deno.Command(Deno.execPath(), {
        args: ["eval", program],
        cwd: new URL("../../..", import.meta.url).pathname,
        stdout: "null",
        stderr: "null",
      }).output()
    ));
    assert.deepEqual(runs.map(({ success }) => success), [true, true]);
    assert.equal((await inspectCache(cache, FAKE_PACKAGE, { hashes: true })).state, "ok");
    assert.deepEqual(await names(folder), ["tiny", WHEEL_NAME]);
  }));

/** A web page that lists one wheel, in the form in which pip reads an index. */
async function withIndex(
  wheel: { url: string; sha256: string },
  body: (environment: Record<string, string>) => Promise<void>,
): Promise<void> {
  const page = `<a href="${wheel.url}/${WHEEL_NAME}#sha256=${wheel.sha256}">${WHEEL_NAME}</a>`;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(page, { headers: { "content-type": "text/html" } }),
  );
  try {
    await body({
      PIP_INDEX_URL: `http://127.0.0.1:${server.addr.port}/simple`,
      PIP_EXTRA_INDEX_URL: "",
      PIP_FIND_LINKS: "",
      PIP_CONFIG_FILE: "/dev/null",
      PIP_NO_CACHE_DIR: "1",
    });
  } finally {
    await server.shutdown();
  }
}

Deno.test("provision() fetches from an index on the web and goes on with a part that was left", () =>
  inFolder(async (folder) => {
    const bytes = await Deno.readFile(await writeFakeWheel(folder));
    const hash = sha256(bytes);
    const files = serveFile(bytes);
    try {
      await withIndex({ url: files.url, sha256: hash }, async (environment) => {
        const cache = `${folder}/tiny`;
        await Deno.mkdir(`${cache}.download`);
        const part = `${cache}.download/${hash.slice(0, 16)}.part`;
        await Deno.writeFile(part, bytes.subarray(0, 1000));
        await provision(cache, { package: FAKE_PACKAGE, environment });
        assert.equal(files.ranges.at(-1), "bytes=1000-");
        assert.equal((await inspectCache(cache, FAKE_PACKAGE, { hashes: true })).state, "ok");
      });
    } finally {
      await files.stop();
    }
  }));

Deno.test("provision() refuses a wheel with another checksum than the index says", () =>
  inFolder(async (folder) => {
    const files = serveFile(await Deno.readFile(await writeFakeWheel(folder)));
    try {
      await withIndex({ url: files.url, sha256: "0".repeat(64) }, async (environment) => {
        const cache = `${folder}/tiny`;
        await assert.rejects(
          provision(cache, { package: FAKE_PACKAGE, environment }),
          (error) =>
            error instanceof InputError && error.place === "pip" && /hash/i.test(error.problem),
        );
        assert.equal((await inspectCache(cache, FAKE_PACKAGE)).state, "missing");
      });
    } finally {
      await files.stop();
    }
  }));

/** A folder with a `python3` of this text, for the front of the PATH. */
async function fakePython(folder: string, script: string): Promise<Record<string, string>> {
  await Deno.mkdir(`${folder}/bin`);
  await Deno.writeTextFile(`${folder}/bin/python3`, script, { mode: 0o755 });
  return { PATH: `${folder}/bin:${Deno.env.get("PATH")}` };
}

Deno.test("provision() lets pip download where pip cannot say where the wheel is", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const python = new Deno.Command("which", { args: ["python3"] }).outputSync().stdout;
    const real = new TextDecoder().decode(python).trim();
    const old = `#!/bin/sh\ncase "$*" in *--report*) exit 2;; esac\nexec ${real} "$@"\n`;
    const environment = { ...onlyFrom(folder), ...await fakePython(folder, old) };
    const cache = `${folder}/tiny`;
    await provision(cache, { package: FAKE_PACKAGE, environment });
    assert.equal((await inspectCache(cache, FAKE_PACKAGE, { hashes: true })).state, "ok");
  }));

Deno.test("provision() says what to do without Python, without pip, and without the wheel", () =>
  inFolder(async (folder) => {
    const tried = (environment: Record<string, string>) =>
      provision(`${folder}/tiny`, { package: FAKE_PACKAGE, environment });
    await Deno.mkdir(`${folder}/empty`);
    await assert.rejects(tried({ PATH: `${folder}/empty` }), {
      name: "InputError",
      message:
        "python3: it is not on the PATH, and TensorFlow's library is fetched with its pip. Install Python 3 and pip. " +
        "Or set TENSORFLOW_LIBRARY to the path of a libtensorflow_cc.so.2 that you have",
    });
    const noPip = await fakePython(folder, "#!/bin/sh\necho No module named pip >&2\nexit 1\n");
    await assert.rejects(tried(noPip), /python3: it has no pip, .* Install pip/);
    await assert.rejects(
      tried(onlyFrom(`${folder}/empty`)),
      /pip: it did not download tiny-library 1\.0 for manylinux_2_27_x86_64:[^]*No matching distribution/,
    );
  }));

Deno.test("provision() says when the wheel lacks a library", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const other = { ...FAKE_PACKAGE, libraries: ["tiny/libthird.so"] as const };
    await assert.rejects(
      provision(`${folder}/tiny`, { package: other, environment: onlyFrom(folder) }),
      /TensorFlow's libraries could not be taken out of it: .*tiny\/libthird\.so/,
    );
  }));
