import assert from "node:assert/strict";
import { openStore, readPins, removePin, writePin } from "@/lib/store/mod.ts";
import { withFolder } from "@/tests/cli/command.ts";

const pin = { name: "data-domain", keys: ["a".repeat(64)], at: "2026-01-01T00:00:00.000Z" };

Deno.test("a pin stays until it is removed, and one of the same name takes its place", () =>
  withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    assert.deepEqual(await readPins(store), []);
    await writePin(store, pin);
    const more = { ...pin, keys: [...pin.keys, "b".repeat(64)] };
    await writePin(store, more);
    assert.deepEqual(await readPins(store), [more]);
    assert.equal(await removePin(store, "taxa"), false);
    assert.equal(await removePin(store, pin.name), true);
    assert.deepEqual(await readPins(store), []);
  }));

Deno.test("readPins() does not take a damaged pin for none", () =>
  withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    await writePin(store, pin);
    await Deno.writeTextFile(`${store.root}/pins/${pin.name}.json`, '{"name":');
    await assert.rejects(
      readPins(store),
      /data-domain\.json: this pin cannot be read, .*\. Remove /,
    );
  }));
