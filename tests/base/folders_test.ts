import assert from "node:assert/strict";
import { checkFolderName, nearestFolder, tryFolder } from "@/lib/base/folders.ts";

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
      message: "Here: it cannot be written (/proc: there is no such file or folder). Go elsewhere",
    });
  },
});

Deno.test("checkFolderName() refuses an address, and no path that looks a little like one", () => {
  for (const address of ["s3://bucket/store", "ftp://host", "HTTPS://host/x", "gs+x://b"]) {
    assert.throws(() => checkFolderName(address, use), {
      name: "InputError",
      message: `Here: ${address} is an address, and only folders of this machine can be used. ` +
        "Go elsewhere",
    });
  }
  for (const path of ["c://x", "a:/b", "/data/s3://x", "s3:", "./file://x", "12:30//x"]) {
    checkFolderName(path, use);
  }
});
