import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type Pack, pack } from "tar-stream";
import { InputError } from "@/lib/base/errors.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { inspectCache } from "@/lib/tensor/provision/cache.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/wheel.ts";
import {
  FAKE_PACKAGE,
  fakePython,
  inFolder,
  namesIn,
  onlyFrom,
} from "@/tests/tensor/provision/fake_wheel.ts";
import { type RangeServer, serveFile } from "@/tests/tensor/provision/range_server.ts";

/** Hardly compressible, so that the archive has a middle to be cut off in. */
const LIBRARY = Array.from({ length: 20_000 }, (_, i) => sha256(String(i)).slice(0, 2)).join("");

/** An archive laid out like TensorFlow's: libraries under full names, and links to them. */
async function writeArchive(): Promise<Uint8Array> {
  const tar = pack();
  tar.entry({ name: "./", type: "directory" });
  tar.entry({ name: "./LICENSE" }, "text");
  tar.entry({ name: "./include/tensorflow/c/c_api.h" }, "// C");
  const link = (name: string, linkname: string) =>
    tar.entry({ name: `./lib/${name}`, type: "symlink", linkname });
  link("libtensorflow.so.2", "libtensorflow.so.2.18.0");
  tar.entry({ name: "./lib/libtensorflow.so.2.18.0" }, LIBRARY);
  link("libtensorflow.so", "libtensorflow.so.2");
  tar.entry({ name: "./lib/libtensorflow_framework.so.2.18.0" }, "framework");
  link("libtensorflow_framework.so.2", "libtensorflow_framework.so.2.18.0");
  return await compress(tar);
}

async function compress(tar: Pack): Promise<Uint8Array> {
  tar.finalize();
  const pieces = await Array.fromAsync(tar as AsyncIterable<Uint8Array<ArrayBuffer>>);
  return gzipSync(await new Blob(pieces).bytes());
}

function packageWith(server: RangeServer, hash: string): LibraryPackage {
  const archive = {
    version: "0.9",
    url: `${server.url}/0.9/libtensorflow-cpu-test.tar.gz`,
    sha256: hash,
    files: ["libtensorflow.so.2", "libtensorflow_framework.so.2"] as const,
  };
  return { ...FAKE_PACKAGE, archive };
}

Deno.test("fetchArchive() gives the library where there is no Python, and goes on where it broke off", () =>
  inFolder(async (folder) => {
    const bytes = await writeArchive();
    const server = serveFile(bytes, { cutAfter: 9_000 });
    try {
      const cache = `${folder}/tiny`;
      const wanted = packageWith(server, sha256(bytes));
      await provision(cache, { package: wanted, environment: { PATH: "" } });
      assert.deepEqual(server.requests.map(({ range }) => range), [null, "bytes=9000-"]);
      assert.deepEqual(await namesIn(folder), ["tiny"]);
      assert.deepEqual(await namesIn(cache), [
        "libtensorflow.so.2",
        "libtensorflow_framework.so.2",
        "manifest.json",
      ]);
      assert.equal(await Deno.readTextFile(`${cache}/libtensorflow.so.2`), LIBRARY);
      const found = await inspectCache(cache, { hashes: true });
      assert.ok(found.state === "ok");
      const { version, library, sources } = found.manifest;
      assert.deepEqual([version, library], ["0.9", "libtensorflow.so.2"]);
      assert.deepEqual(sources, [
        { name: "libtensorflow-cpu-test.tar.gz", sha256: sha256(bytes) },
      ]);
    } finally {
      await server.stop();
    }
  }));

Deno.test("fetchArchive() comes after pip: without pip, and where pip finds no wheel", () =>
  inFolder(async (folder) => {
    const bytes = await writeArchive();
    const server = serveFile(bytes);
    try {
      const wanted = packageWith(server, sha256(bytes));
      const noPip = await fakePython(folder, "#!/bin/sh\necho No module named pip >&2\nexit 1\n");
      await provision(`${folder}/one`, { package: wanted, environment: noPip });
      await Deno.mkdir(`${folder}/empty`);
      const environment = onlyFrom(`${folder}/empty`);
      await provision(`${folder}/two`, { package: wanted, environment });
      assert.equal(server.requests.length, 2);
      assert.equal((await inspectCache(`${folder}/two`)).state, "ok");
    } finally {
      await server.stop();
    }
  }));

Deno.test("fetchArchive() refuses another checksum and says why the wheel was not to be had", () =>
  inFolder(async (folder) => {
    const bytes = await writeArchive();
    const server = serveFile(bytes);
    try {
      const wanted = packageWith(server, "0".repeat(64));
      await assert.rejects(
        provision(`${folder}/tiny`, { package: wanted, environment: { PATH: "" } }),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.equal(error.place, "python3");
          assert.match(
            error.problem,
            /^it is not on the PATH.*; the archive of TensorFlow's C library, tried instead, is not to be had either: libtensorflow-cpu-test.tar.gz: it was not downloaded well: its SHA-256 is/,
          );
          return true;
        },
      );
      assert.equal((await inspectCache(`${folder}/tiny`)).state, "missing");
    } finally {
      await server.stop();
    }
  }));

Deno.test("unpackArchive() refuses an archive that holds something else, or is none", () =>
  inFolder(async (folder) => {
    const tried = async (bytes: Uint8Array) => {
      const server = serveFile(bytes);
      try {
        const wanted = packageWith(server, sha256(bytes));
        await provision(`${folder}/tiny`, { package: wanted, environment: { PATH: "" } });
      } finally {
        await server.stop();
      }
    };
    const tar = pack();
    tar.entry({ name: "lib/libtensorflow.2.dylib" }, "for another system");
    const other = await compress(tar);
    await assert.rejects(tried(other), /it holds no libtensorflow\.so\.2\./);
    await assert.rejects(tried(new TextEncoder().encode("<html>")), /it cannot be unpacked: /);
    await assert.rejects(
      tried((await writeArchive()).subarray(0, 9_000)),
      /it cannot be unpacked: /,
    );
  }));
