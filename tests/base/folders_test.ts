import assert from "node:assert/strict";
import { nearestFolder, tryFolder } from "@/lib/base/folders.ts";

const use = { place: "Here", remedy: "Go elsewhere" };

Deno.test("tryFolder() leaves no trace, in a folder that is there and above one that is not", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const path of [folder, `${folder}/a/b`]) {
      await tryFolder(path, use);
      assert.equal(await nearestFolder(path), folder);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test({
  name: "tryFolder() refuses what nobody may write, with the reason and the remedy",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    // Not even root makes files there.
    await assert.rejects(tryFolder("/proc/x/y", use), {
      name: "InputError",
      message: /^Here: it cannot be written \(.*\/proc\/.*\)\. Go elsewhere$/,
    });
  },
});
