import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { sha256 } from "@/lib/base/sha256.ts";
import { download } from "@/lib/tensor/provision/download.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";
import { serveFile } from "@/tests/tensor/provision/range_server.ts";

const BYTES = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251);
const SHA256 = sha256(BYTES);

const quiet = { onBytes: () => {} };

Deno.test("download() goes on where an interrupted download stopped", () =>
  inFolder(async (folder) => {
    const server = serveFile(BYTES, { cutAfter: 100_000 });
    try {
      const address = { url: `${server.url}/x.whl`, name: "x.whl", sha256: SHA256 };
      const path = `${folder}/x.part`;
      await assert.rejects(download(address, path, quiet));
      assert.equal((await Deno.stat(path)).size, 100_000);
      const seen: (readonly [number, number | undefined])[] = [];
      await download(address, path, { onBytes: (bytes, total) => seen.push([bytes, total]) });
      assert.deepEqual(server.requests.map(({ range }) => range), [null, "bytes=100000-"]);
      assert.deepEqual(await Deno.readFile(path), BYTES);
      assert.deepEqual(seen[0], [100_000, 300_000]);
      assert.deepEqual(seen.at(-1), [300_000, 300_000]);
    } finally {
      await server.stop();
    }
  }));

Deno.test("download() begins again at a server that sends no parts", () =>
  inFolder(async (folder) => {
    const server = serveFile(BYTES, { ranges: false });
    try {
      await Deno.writeFile(`${folder}/x.part`, BYTES.subarray(0, 1000));
      const address = { url: `${server.url}/x.whl`, name: "x.whl", sha256: SHA256 };
      await download(address, `${folder}/x.part`, quiet);
      assert.deepEqual(server.requests.map(({ range }) => range), ["bytes=1000-"]);
      assert.deepEqual(await Deno.readFile(`${folder}/x.part`), BYTES);
    } finally {
      await server.stop();
    }
  }));

Deno.test("download() takes a file that is whole already, and copies a file: address", () =>
  inFolder(async (folder) => {
    const server = serveFile(BYTES);
    try {
      await Deno.writeFile(`${folder}/x.part`, BYTES);
      const address = { url: `${server.url}/x.whl`, name: "x.whl", sha256: SHA256 };
      await download(address, `${folder}/x.part`, quiet);
      const local = { ...address, url: pathToFileURL(`${folder}/x.part`).href };
      await download(local, `${folder}/y.part`, quiet);
      assert.deepEqual(await Deno.readFile(`${folder}/y.part`), BYTES);
    } finally {
      await server.stop();
    }
  }));

Deno.test("download() removes what has the wrong checksum, so that it is never gone on with", () =>
  inFolder(async (folder) => {
    const server = serveFile(BYTES);
    try {
      const address = { url: `${server.url}/x.whl`, name: "x.whl", sha256: "0".repeat(64) };
      await assert.rejects(download(address, `${folder}/x.part`, quiet), {
        message:
          `x.whl: it was not downloaded well: its SHA-256 is ${SHA256} instead of ${address.sha256}. ` +
          "Try again; if it is the same again, the server or a mirror holds a wrong file",
      });
      await assert.rejects(Deno.stat(`${folder}/x.part`), Deno.errors.NotFound);
    } finally {
      await server.stop();
    }
  }));

Deno.test("download() reports a server's refusal and keeps what has come", () =>
  inFolder(async (folder) => {
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response("no", { status: 503, statusText: "Busy" }),
    );
    try {
      await Deno.writeTextFile(`${folder}/x.part`, "begun");
      const url = `http://127.0.0.1:${server.addr.port}/x.whl`;
      const address = { url, name: "x.whl", sha256: SHA256 };
      await assert.rejects(
        download(address, `${folder}/x.part`, quiet),
        /127\.0\.0\.1:\d+ answered 503/,
      );
      assert.equal(await Deno.readTextFile(`${folder}/x.part`), "begun");
    } finally {
      await server.shutdown();
    }
  }));
