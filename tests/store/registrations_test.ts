import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  keepRegistration,
  type KeptRegistration,
  openStore,
  readRegistration,
  registrationsIn,
} from "@/lib/store/mod.ts";
import { withFolder } from "@/tests/cli/command.ts";

const text = `{"claims":["one"],"looks":[2,3]}\n`, hash = sha256(text);
const on = (day: number): KeptRegistration => ({ hash, text, at: `2026-01-0${day}T00:00:00.000Z` });

Deno.test("keepRegistration() keeps of two of the same the earlier, and mends one that is damaged", () =>
  withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    assert.deepEqual(await registrationsIn(store), []);
    assert.equal(await readRegistration(store, hash), undefined);
    assert.equal(await keepRegistration(store, on(2)), true);
    assert.deepEqual(await registrationsIn(store), [hash]);
    assert.equal(await keepRegistration(store, on(3)), false);
    assert.deepEqual(await readRegistration(store, hash), on(2));
    assert.equal(await keepRegistration(store, on(1)), true);
    assert.deepEqual(await readRegistration(store, hash), on(1));

    const path = `${store.root}/registrations/${hash}.json`, whole = await Deno.readTextFile(path);
    assert.deepEqual(JSON.parse(whole), { at: on(1).at, registration: JSON.parse(text) });
    for (const damaged of ["", whole.slice(0, -5), whole.replace("one", "two")]) {
      await Deno.writeTextFile(path, damaged);
      assert.equal(await readRegistration(store, hash), undefined);
      assert.equal(await keepRegistration(store, on(3)), true);
      assert.deepEqual(await readRegistration(store, hash), on(3));
    }
  }));
