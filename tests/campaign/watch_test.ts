import assert from "node:assert/strict";
import { watchArtifacts } from "@/tests/campaign/watch.ts";
import { withFolder } from "@/tests/cli/command.ts";

const keys = ["aa11", "bb22"];

async function put(store: string, key: string): Promise<void> {
  const folder = `${store}/artifacts/${key.slice(0, 2)}/${key}`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/new`, "{}");
  await Deno.rename(`${folder}/new`, `${folder}/manifest.json`);
}

Deno.test("watchArtifacts() notices an artifact that is replaced, unless it was told that it was damaged", () =>
  withFolder(async (store) => {
    const watch = watchArtifacts(store, keys);
    try {
      await put(store, keys[0]!);
      watch.look();
      assert.ok(!watch.isComplete());
      await put(store, keys[1]!);
      watch.look();
      assert.ok(watch.isComplete());
      assert.deepEqual(watch.twice(), []);
      await watch.damage(
        keys[0]!,
        () => Deno.truncate(`${store}/artifacts/aa/aa11/manifest.json`, 1),
      );
      watch.look();
      for (const key of keys) await put(store, key);
      watch.look();
      assert.deepEqual(watch.twice(), [keys[1]]);
    } finally {
      watch.close();
    }
  }));
