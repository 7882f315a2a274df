import assert from "node:assert/strict";
import { keepParts, openStore, partsHash, readParts } from "@/lib/store/mod.ts";
import { withFolder } from "@/tests/cli/command.ts";

const parts = { "lib/a.ts": "1", zod: "npm:zod@4" }, hash = partsHash(parts);

Deno.test("keepParts() keeps what a hash is of, and mends a list that is damaged", () =>
  withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    assert.equal(await readParts(store, hash), undefined);
    await keepParts(store, [parts, { other: 1 }]);
    assert.deepEqual(await readParts(store, hash), parts);
    await Deno.writeTextFile(`${store.root}/parts/${hash}.json`, '{"lib/a.ts":"2"}\n');
    assert.equal(await readParts(store, hash), undefined, "it is not what the hash is of");
    await keepParts(store, [parts]);
    assert.deepEqual(await readParts(store, hash), parts);
  }));

Deno.test("keepParts() says nothing where it cannot write", () =>
  withFolder(async (folder) => {
    await keepParts({ root: `${folder}/none` }, [parts]);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));
