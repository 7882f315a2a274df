import assert from "node:assert/strict";
import { walkFolder } from "@/lib/data/files/folder_files.ts";
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

Deno.test("walkFolder() leaves out what file managers, servers and file systems leave behind", () =>
  inTempDir(async (dir) => {
    const leavings = [
      "train/a/@eaDir/1.jpg/SYNOPHOTO_THUMB_M.png",
      "train/a/.@__thumb/default1.jpg",
      "@Recycle/1.jpg",
      "#recycle/1.jpg",
      "$RECYCLE.BIN/1.jpg",
      "System Volume Information/1.jpg",
      "lost+found/1.jpg",
      "Previews.lrdata/1.jpg",
      "__MACOSX/train/a/1.jpg",
      "train/a/._1.jpg",
      "train/a/.AppleDouble/1.jpg",
      "train/a/.ipynb_checkpoints/1.jpg",
      "train/a/.nfs000000000123",
      "train/a/Thumbs.db",
      "train/a/THUMBS.DB",
      "train/a/Desktop.ini",
      "train/a/Icon\r",
      "train/a/1.jpg@SynoEAStream",
      "ECRYPTFS_FNEK_ENCRYPTED.FWabc/1.jpg",
    ];
    const kept = ["#recycled/1.jpg", "lost/found.jpg", "train/a/1.jpg", "train/a/thumbs.db.jpg"];
    await writeFolder(dir, Object.fromEntries([...leavings, ...kept].map((path) => [path, "x"])));
    assert.deepEqual((await listed(dir)).map(({ path }) => path).sort(), kept);
  }));

Deno.test("walkFolder() tells of folders, empty and linked ones too, and not of hidden ones", () =>
  inTempDir(async (dir) => {
    await writeFolder(`${dir}/set`, { "train/a/1.jpg": "x", "train/.b/1.jpg": "x" });
    await Deno.mkdir(`${dir}/set/train/c`);
    await Deno.mkdir(`${dir}/elsewhere`);
    await Deno.symlink(`${dir}/elsewhere`, `${dir}/set/train/d`);
    const folders: string[] = [];
    const onFolder = (path: string) => void folders.push(path);
    await Array.fromAsync(walkFolder(`${dir}/set`, { onFolder }));
    assert.deepEqual(folders, ["train", "train/a", "train/c", "train/d"]);
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

Deno.test({
  name: "walkFolder() refuses what is neither a file nor a folder",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inTempDir(async (dir) => {
      const made = await new Deno.Command("mkfifo", { args: [`${dir}/pipe.jpg`] }).output();
      assert.ok(made.success);
      await assert.rejects(listed(dir), inputError(`${dir}/pipe.jpg: it is neither a file nor`));
    }),
});

Deno.test("walkFolder() follows two links to one folder, and refuses a link to itself and loops below", () =>
  inTempDir(async (dir) => {
    await writeFolder(`${dir}/set`, { "a/b/1.jpg": "x" });
    await Deno.symlink(`${dir}/set/a`, `${dir}/set/c`);
    const paths = (await listed(`${dir}/set`)).map(({ path }) => path);
    assert.deepEqual(paths, ["a/b/1.jpg", "c/b/1.jpg"]);
    await Deno.symlink("../..", `${dir}/set/a/b/up`);
    await assert.rejects(
      listed(`${dir}/set`),
      inputError(`${dir}/set/a/b/up: the link leads back to a folder above it`, "Remove it"),
    );
    await Deno.remove(`${dir}/set/a/b/up`);
    await Deno.symlink("self", `${dir}/set/self`);
    await assert.rejects(
      listed(`${dir}/set`),
      inputError(`${dir}/set/self: the link leads to itself`, "Correct or remove it"),
    );
  }));

Deno.test({
  name: "walkFolder() says that a name is not UTF-8",
  // Other systems keep only names that are.
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inTempDir(async (dir) => {
      for (const [make, name] of [["touch", "caf\ufffd.jpg"], ["mkdir", "caf\ufffd"]] as const) {
        const place = `${dir}/${make}`;
        await Deno.mkdir(place);
        const shell = new Deno.Command("sh", {
          args: ["-c", `${make} "$(printf '${name.replace("\ufffd", "\\351")}')"`],
          cwd: place,
        });
        assert.ok((await shell.output()).success);
        await assert.rejects(
          listed(place),
          inputError(`${place}/${name}: the name is not UTF-8`, "Rename the file or folder"),
        );
      }
    }),
});
