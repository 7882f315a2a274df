import assert from "node:assert/strict";
import { filesUnder, linkFile, putFiles, wholeFolder } from "@/lib/base/whole_folder.ts";
import { namesIn } from "@/lib/base/files.ts";
import { withFolder } from "@/tests/cli/command.ts";

Deno.test("wholeFolder() makes a folder once, and none where filling it fails", () =>
  withFolder(async (folder) => {
    const fill = (text: string) => (to: string) => Deno.writeTextFile(`${to}/a`, text);
    await wholeFolder(`${folder}/one`, fill("first"));
    await wholeFolder(`${folder}/one`, fill("second"));
    assert.equal(await Deno.readTextFile(`${folder}/one/a`), "first");
    await assert.rejects(
      wholeFolder(`${folder}/two`, async (to) => {
        await fill("half")(to);
        throw new Error("no more");
      }),
      /no more/,
    );
    assert.deepEqual(await namesIn(folder), ["one"]);
  }));

Deno.test("wholeFolder() is content with what another makes at the same time", () =>
  withFolder(async (folder) => {
    const fill = (to: string) => Deno.writeTextFile(`${to}/a`, "same");
    await Promise.all([1, 2, 3, 4].map(() => wholeFolder(`${folder}/one`, fill)));
    assert.deepEqual(await namesIn(folder), ["one"]);
  }));

Deno.test("putFiles() links or copies the files that filesUnder() finds, through links too", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/from/b/c`, { recursive: true });
    await Deno.writeTextFile(`${folder}/from/a`, "a");
    await Deno.writeTextFile(`${folder}/from/b/c/d`, "d");
    await Deno.symlink(`${folder}/from/b`, `${folder}/from/e`);
    const files = await filesUnder(`${folder}/from`);
    assert.deepEqual([...files.keys()], ["a", "b/c/d", "e/c/d"]);
    await Deno.mkdir(`${folder}/copied`);
    await putFiles(`${folder}/copied`, files, Deno.copyFile);
    await Deno.mkdir(`${folder}/linked`);
    await putFiles(`${folder}/linked`, files, linkFile);
    await Deno.writeTextFile(`${folder}/from/b/c/d`, "changed");
    assert.equal(await Deno.readTextFile(`${folder}/copied/e/c/d`), "d");
    assert.equal(await Deno.readTextFile(`${folder}/linked/e/c/d`), "changed");
  }));
