import assert from "node:assert/strict";
import { walkFolder } from "@/lib/data/folder_files.ts";
import { inputError, inTempDir, writeFolder } from "@/tests/data/fixtures.ts";

const listed = (folder: string) => Array.fromAsync(walkFolder(folder));

Deno.test("walkFolder() lists files with sizes, follows links and leaves hidden ones out", () =>
  inTempDir(async (dir) => {
    await writeFolder(`${dir}/set`, { "train/ель/1.jpg": "one", ".cache/2.jpg": "x", "a": "" });
    await writeFolder(`${dir}/elsewhere`, { "3.jpg": "three" });
    await Deno.symlink(`${dir}/elsewhere`, `${dir}/set/train/b`);
    const files = (await listed(`${dir}/set`)).map(({ path, size }) => `${path} ${size}`);
    assert.deepEqual(files.sort(), ["a 0", "train/b/3.jpg 5", "train/ель/1.jpg 3"]);
  }));

Deno.test("walkFolder() refuses a link that leads nowhere or round in a circle", () =>
  inTempDir(async (dir) => {
    await Deno.symlink(`${dir}/none`, `${dir}/gone.jpg`);
    await assert.rejects(listed(dir), inputError(`${dir}/gone.jpg: the link leads nowhere`));
    await Deno.remove(`${dir}/gone.jpg`);
    await Deno.symlink(dir, `${dir}/up`);
    await assert.rejects(
      listed(dir),
      inputError(`${dir}/up: the link leads back to a folder above it`),
    );
  }));
