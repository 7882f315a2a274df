import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  findDepot,
  openDepot,
  storeDepot,
  transfer,
  type Transferred,
  transferRegistrations,
} from "@/lib/depot/mod.ts";
import {
  artifactFolder,
  findArtifact,
  keepRegistration,
  readRegistration,
  type Store,
} from "@/lib/store/mod.ts";
import { killedAfter } from "@/tests/depot/killed.ts";
import {
  environmentOf,
  hasNoServer,
  objectsIn,
  overwrite,
  proxyOf,
  removeObject,
  type S3Server,
  s3Server,
  speakingTo,
} from "@/tests/depot/s3_server.ts";
import { filesIn, ingestStep, put, someBytes, withStores } from "@/tests/depot/small_store.ts";

const address = "s3://artifacts/some/study";
const steps = [1, 2].map(ingestStep);
const keys = steps.map(({ key }) => key);
const prefixOf = (key: string) => `some/study/artifacts/${key.slice(0, 2)}/${key}`;

/** A test with an S3 server of its own, and two stores, the first with two artifacts. */
function bucketTest(
  name: string,
  body: (at: {
    readonly server: S3Server;
    readonly here: Store;
    readonly there: Store;
  }) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: hasNoServer,
    // Connections that are kept for the next request.
    sanitizeResources: false,
    sanitizeOps: false,
    fn: () =>
      withStores(["here", "there"], async ({ here, there }) => {
        await using server = await s3Server();
        for (const [i, step] of steps.entries()) {
          await put(here, step, { "data.u8": someBytes(3000, i), "empty": new Uint8Array() });
        }
        await speakingTo(server, () => body({ server, here, there }));
      }),
  });
}

async function push(from: Store, options: { readonly replace?: boolean } = {}) {
  const depot = storeDepot(from);
  return await transfer(await depot.keys(), { from: depot, to: await openDepot(address) }, {
    replace: false,
    ...options,
  });
}

async function pull(to: Store): Promise<Transferred> {
  const depot = await findDepot(address);
  return await transfer(await depot.keys(), { from: depot, to: storeDepot(to) }, {
    replace: false,
  });
}

bucketTest(
  "artifacts go to a bucket and come back byte for byte, and what is there is not sent again",
  async ({ server, here, there }) => {
    assert.deepEqual((await push(here)).taken.toSorted(), keys.toSorted());
    const { content } = await manifestOf(here, keys[0]!);
    const objects = await objectsIn(server);
    assert.deepEqual(
      [...objects.keys()].filter((name) => name.includes(keys[0]!)).sort(),
      [
        `${prefixOf(keys[0]!)}/${content}/data.u8`,
        `${prefixOf(keys[0]!)}/${content}/empty`,
        `${prefixOf(keys[0]!)}/manifest.json`,
      ].sort(),
    );
    await using proxy = proxyOf(server);
    await speakingTo(proxy, async () => {
      const again = await push(here);
      assert.deepEqual([again.taken, again.there.length], [[], 2]);
    });
    const puts = proxy.seen.filter(({ method }) => method === "PUT");
    assert.ok(
      puts.every(({ path }) => path.includes("format.json")),
      puts.map(({ path }) => path).join(),
    );

    assert.deepEqual((await pull(there)).taken.toSorted(), keys.toSorted());
    for (const key of keys) {
      assert.equal((await findArtifact(there, key)).state, "cached");
      const [own, other] = [here, there].map((one) => artifactFolder(one, key));
      assert.deepEqual(await filesIn(own!), await filesIn(other!));
      for (const name of await filesIn(own!)) {
        assert.deepEqual(await Deno.readFile(own + name), await Deno.readFile(other + name));
      }
    }
    assert.deepEqual((await pull(there)).there.length, 2);
  },
);

bucketTest(
  "registrations go to a bucket and come back, and of two of the same the earlier stays",
  async ({ server, here, there }) => {
    const text = "{}\n",
      hash = sha256(text),
      [early, late] = ["1", "2"].map((day) => ({
        ...{ hash, text, at: `2026-01-0${day}T00:00:00.000Z` },
      }));
    const carry = async (store: Store, isPush: boolean) => {
      const own = storeDepot(store), other = await openDepot(address);
      const [from, to] = isPush ? [own, other] : [other, own];
      return await transferRegistrations({ from, to });
    };
    await keepRegistration(here, late!);
    assert.deepEqual([await carry(here, true), await carry(there, false)], [1, 1]);
    assert.deepEqual(await readRegistration(there, hash), late);
    await keepRegistration(there, early!);
    assert.deepEqual([await carry(there, true), await carry(here, true)], [1, 0]);
    assert.deepEqual([await carry(here, false), await carry(here, false)], [1, 0]);
    assert.deepEqual(await readRegistration(here, hash), early);
    await overwrite(server, `some/study/registrations/${hash}.json`, someBytes(10, 1));
    assert.deepEqual([await carry(there, false), await carry(there, true)], [0, 1]);
  },
);

async function manifestOf(store: Store, key: string) {
  const found = await findArtifact(store, key);
  assert.ok(found.state === "cached");
  return found.manifest;
}

bucketTest(
  "an object that is damaged or gone is told when it is pulled, and its artifact does not come to be",
  async ({ server, here, there }) => {
    await push(here);
    const { content } = await manifestOf(here, keys[0]!);
    await overwrite(server, `${prefixOf(keys[0]!)}/${content}/data.u8`, someBytes(3000, 9));
    const other = await manifestOf(here, keys[1]!);
    await removeObject(server, `${prefixOf(keys[1]!)}/${other.content}/data.u8`);
    const { taken, damaged } = await pull(there);
    assert.deepEqual(taken, []);
    assert.deepEqual(damaged.toSorted((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key)), [
      { key: keys[0], problem: "data.u8 does not have the bytes that its manifest tells of" },
      { key: keys[1], problem: "data.u8 is not there" },
    ]);
    for (const key of keys) assert.equal((await findArtifact(there, key)).state, "missing");
    await overwrite(
      server,
      `${prefixOf(keys[0]!)}/manifest.json`,
      new TextEncoder().encode("{}\n"),
    );
    assert.deepEqual((await pull(there)).damaged.find(({ key }) => key === keys[0]), {
      key: keys[0],
      problem: "manifest.json does not have the bytes it was written with",
    });
  },
);

bucketTest(
  "of two pushes at once with other content under a key the first stands, and both are whole",
  async ({ server, here, there }) => {
    const other = await put(there, steps[0]!, { "data.u8": someBytes(4000, 7) });
    let isFirst = true;
    // The second finds nothing there, and writes its manifest when the first has written its own.
    await using proxy = proxyOf(server, {
      async request({ method, path }) {
        if (method !== "PUT" || !path.includes(`${keys[0]}/manifest.json`) || !isFirst) return;
        isFirst = false;
        await speakingTo(server, async () => void await push(there));
      },
    });
    await speakingTo(proxy, async () => {
      const late = await push(here);
      assert.deepEqual(late.differ, [keys[0]]);
      assert.deepEqual(late.taken, [keys[1]]);
    });
    assert.deepEqual((await push(here)).differ, [keys[0]]);
    await withStores(["third"], async ({ third }) => {
      await pull(third);
      assert.deepEqual(await manifestOf(third, keys[0]!), other);
    });
    assert.deepEqual((await push(here, { replace: true })).taken, [keys[0]]);
    await withStores(["third"], async ({ third }) => {
      await pull(third);
      assert.deepEqual(await manifestOf(third, keys[0]!), await manifestOf(here, keys[0]!));
    });
  },
);

bucketTest(
  "a server that ignores conditional writes is refused by name, before anything is sent",
  async ({ server, here }) => {
    await using proxy = proxyOf(server, {
      request: ({ headers }) => headers.delete("if-none-match"),
    });
    await speakingTo(proxy, () =>
      assert.rejects(push(here), {
        name: "InputError",
        message:
          `${address}: its server ignores conditional writes (If-None-Match: *), without which two pushes at once may mix. ` +
          "Take a server that has them, such as AWS S3, Cloudflare R2 or MinIO, or push to a folder",
      }));
    assert.deepEqual([...(await objectsIn(server)).keys()], ["some/study/format.json"]);
    await using unknowing = proxyOf(server, {
      request: ({ headers }) =>
        headers.has("if-none-match") ? new Response(null, { status: 501 }) : undefined,
    });
    await speakingTo(
      unknowing,
      () => assert.rejects(push(here), /its server does not know conditional writes/),
    );
  },
);

bucketTest(
  "a push that is killed leaves no artifact, and the next sends what is missing of it alone",
  async ({ server, here, there }) => {
    const key = ingestStep(3).key, mebibyte = 2 ** 20;
    await put(here, { key }, { a: someBytes(2000, 1), b: someBytes(40 * mebibyte, 2) });
    const only = storeDepot(here);
    await withStores(["one"], async ({ one }) => {
      await transfer([key], { from: only, to: storeDepot(one) }, { replace: false });
      const done = 2000 + 32 * mebibyte;
      await killedAfter([one.root, address], {
        bytes: done,
        limit: done + mebibyte,
        env: environmentOf(server),
      });
      const names = [...(await objectsIn(server)).keys()].filter((name) => name.includes(key));
      assert.deepEqual(names.map((name) => name.split("/").at(-1)), ["a"]);
      assert.deepEqual(await (await findDepot(address)).keys(), []);

      await using proxy = proxyOf(server);
      await speakingTo(proxy, async () => assert.deepEqual((await push(one)).taken, [key]));
      const sent = proxy.seen.filter(({ method, path }) => method === "PUT" && path.includes(key));
      assert.deepEqual(sent.map(({ body }) => body.length).slice(0, -1), [8 * mebibyte]);
      assert.match(sent.at(-1)!.path, /manifest\.json/);
      for (const { headers, body } of sent) {
        assert.equal(
          headers.get("x-amz-content-sha256"),
          sha256(body),
          "the server can compare it",
        );
      }
    });
    assert.deepEqual((await pull(there)).taken, [key]);
    assert.equal((await findArtifact(there, key)).state, "cached");
  },
);

bucketTest(
  "a pull that is killed leaves nothing half, and the next goes on within the file",
  async ({ server, here, there }) => {
    await push(here);
    const key = ingestStep(3).key;
    await withStores(["one"], async ({ one }) => {
      await put(one, { key }, { b: someBytes(3_000_000, 2) });
      await push(one);
      const third = storeDepot(there);
      await killedAfter([address, there.root], { bytes: 1_000_000, env: environmentOf(server) });
      assert.equal((await findArtifact(there, key)).state, "missing");
      for (const known of await third.keys()) {
        assert.equal((await findArtifact(there, known)).state, "cached");
      }
      await using proxy = proxyOf(server);
      await speakingTo(proxy, async () => void await pull(there));
      const ranges = proxy.seen.filter(({ method, path }) => method === "GET" && path.includes(key))
        .flatMap(({ headers }) => headers.get("range") ?? []);
      assert.equal(ranges.length, 1);
      assert.match(ranges[0]!, /^bytes=[1-9]\d+-$/);
      assert.deepEqual(await manifestOf(there, key), await manifestOf(one, key));
      assert.deepEqual(await filesIn(`${there.root}/tmp`), []);
    });
  },
);

bucketTest(
  "a connection that is lost within a file is taken up again where it broke",
  async ({ server, there }) => {
    const key = ingestStep(3).key, mebibyte = 2 ** 20;
    await withStores(["one"], async ({ one }) => {
      await put(one, { key }, { b: someBytes(24 * mebibyte, 2) });
      await push(one);
    });
    let isBroken = false;
    await using proxy = proxyOf(server, {
      response(response, { method, path }) {
        if (method !== "GET" || !path.includes(key) || path.includes("manifest") || isBroken) {
          return response;
        }
        isBroken = true;
        // So much that it does not lie on the way as a whole when the connection breaks.
        return cut(response, 16 * mebibyte);
      },
    });
    await speakingTo(proxy, async () => assert.deepEqual((await pull(there)).taken, [key]));
    assert.ok(isBroken);
    const ranges = proxy.seen.flatMap(({ headers }) => headers.get("range") ?? []);
    assert.match(ranges.join(), /^bytes=[1-9]\d+-$/);
  },
);

/** An answer that breaks off after so many bytes. */
function cut(response: Response, bytes: number): Response {
  const pieces = async function* () {
    const body = new Uint8Array(await response.arrayBuffer());
    for (let at = 0; at < bytes; at += 65_536) yield body.subarray(at, at + 65_536);
    throw new Error("the connection breaks, as this test wants it");
  };
  return new Response(ReadableStream.from(pieces()), response);
}

bucketTest(
  "what a server refuses is told as a place, a problem and a remedy",
  async ({ server, here }) => {
    await assert.rejects(openDepot("s3://Artifacts"), {
      message:
        "s3://Artifacts: it is no address of a bucket. Write s3://BUCKET or s3://BUCKET/PREFIX",
    });
    await assert.rejects(openDepot("s3://nobodys"), {
      message: "s3://nobodys: there is no such bucket. Make it, or give another address",
    });
    await assert.rejects(findDepot(address), {
      message:
        `${address}: it holds no format.json: nothing was pushed there. Give the bucket and prefix that was pushed to`,
    });
    await overwrite(server, "some/study/format.json", new TextEncoder().encode("{}\n"));
    await assert.rejects(push(here), /its format\.json is not one that this version reads/);
    await using proxy = proxyOf(server, { request: () => new Response(null, { status: 403 }) });
    await speakingTo(
      proxy,
      () => assert.rejects(findDepot(address), /^InputError: s3:.*: its server denies access\. /),
    );
    await speakingTo(
      { address: "http://127.0.0.1:1" },
      () =>
        assert.rejects(findDepot(address), /its server refuses the connection\. See that it runs/),
    );
  },
);
