import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import { explainDiskError } from "@/lib/tensor/provision/disk.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";
import {
  FAKE_PACKAGE,
  inFolder,
  onlyFrom,
  writeFakeWheel,
} from "@/tests/tensor/provision/fake_wheel.ts";
import { onlyIndex, withIndex } from "@/tests/tensor/provision/local_index.ts";

Deno.test("provision() says that the cache folder cannot be written", async () => {
  await assert.rejects(provision("/dev/null/cache/tiny", { package: FAKE_PACKAGE }), {
    name: "InputError",
    message: "/dev/null/cache: a part of its path is a file, not a folder. Make room, or set " +
      "WHEN_CONTRASTIVE_LIBRARIES to another folder",
  });
});

Deno.test("provision() begins nothing for which the disk has no room", () =>
  inFolder(async (folder) => {
    await writeFakeWheel(folder);
    const wanted = { ...FAKE_PACKAGE, installedBytes: 1e18 };
    await assert.rejects(
      provision(`${folder}/tiny`, { package: wanted, environment: onlyFrom(folder) }),
      /needs 1 EB while it is fetched, and the disk has [\d.]+ [kMGT]B free\. Make room/,
    );
  }));

Deno.test({
  name: "provision() says that the disk has become full, and does not try other ways",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (folder) => {
      const wheel = await Deno.readFile(await writeFakeWheel(folder));
      await withIndex(wheel, async ({ url, files }) => {
        const cache = `${folder}/tiny`;
        await Deno.mkdir(`${cache}.download`);
        // Every write to this device fails as one to a full disk does.
        await Deno.symlink("/dev/full", `${cache}.download/${sha256(wheel).slice(0, 16)}.part`);
        await assert.rejects(
          provision(cache, { package: FAKE_PACKAGE, environment: onlyIndex(url) }),
          { name: "InputError", message: /: no space left on the disk\. Make room, or set/ },
        );
        assert.equal(files.requests.filter(({ byPip }) => !byPip).length, 1);
      });
    }),
});

Deno.test("explainDiskError() leaves other errors as they are", () => {
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  assert.equal(explainDiskError(refused, "/cache"), refused);
});
