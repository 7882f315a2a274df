import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { walkTar } from "@/lib/data/tar_files.ts";
import { inputError, inTempDir, writeTar } from "@/tests/data/fixtures.ts";

const listed = (path: string) => Array.fromAsync(walkTar(path));

Deno.test("walkTar() lists files with their place in the archive, in any script and of any length", () =>
  inTempDir(async (folder) => {
    const tar = `${folder}/a.tar`;
    const long = `train/${"x".repeat(150)}/${"鳥".repeat(60)}.jpg`;
    await writeTar(tar, { "./train/ель/1.jpg": "one", [long]: "second", "empty": "" });
    const files = await listed(tar);
    assert.deepEqual(files.map(({ path, size }) => [path, size]), [
      ["train/ель/1.jpg", 3],
      [long, 6],
      ["empty", 0],
    ]);
    const bytes = await Deno.readFile(tar);
    const { offset, size } = files[1]!;
    assert.equal(new TextDecoder().decode(bytes.subarray(offset, offset + size)), "second");
  }));

Deno.test("walkTar() leaves hidden files out", () =>
  inTempDir(async (folder) => {
    await writeTar(`${folder}/a.tar`, {
      "train/a/._1.jpg": "x",
      "__MACOSX/train/a/1.jpg": "x",
      ".git/1.jpg": "x",
      "train/a/1.jpg": "x",
    });
    const files = await listed(`${folder}/a.tar`);
    assert.deepEqual(files.map(({ path }) => path), ["train/a/1.jpg"]);
  }));

Deno.test("walkTar() refuses unsafe entries by name", () =>
  inTempDir(async (folder) => {
    const tar = `${folder}/a.tar`;
    for (
      const name of ["../evil.jpg", "train/../../evil.jpg", "/etc/evil.jpg", "C:/evil.jpg", "a\\b"]
    ) {
      await writeTar(tar, { "train/a/1.jpg": "x", [name]: "x", "train/a/2.jpg": "x" });
      await assert.rejects(
        listed(tar),
        inputError(tar, `the entry "${name}" does not stay inside the archive`, "relative paths"),
      );
    }
    for (const type of ["symlink", "link", "fifo"] as const) {
      await writeTar(tar, { "train/a/1.jpg": "x" }, [{ name: "train/b", type, linkname: "a" }]);
      await assert.rejects(
        listed(tar),
        inputError(tar, `the entry "train/b" is a ${type}`, "plain files only"),
      );
    }
  }));

Deno.test("walkTar() says that a tar is cut short or no tar", () =>
  inTempDir(async (folder) => {
    const tar = `${folder}/a.tar`;
    await writeTar(tar, { "train/a/1.jpg": "x".repeat(5000) });
    await Deno.truncate(tar, 3000);
    await assert.rejects(listed(tar), inputError(tar, "the tar cannot be read", "write it again"));
    await Deno.writeTextFile(tar, "no tar ".repeat(1000));
    await assert.rejects(listed(tar), inputError(tar, "the tar cannot be read"));
  }));

Deno.test("walkTar() reads a compressed tar, and says that it is cut short", () =>
  inTempDir(async (folder) => {
    await writeTar(`${folder}/a.tar`, {
      "train/a/1.jpg": "one",
      "train/a/2.jpg": "x".repeat(9000),
    });
    const plain = await listed(`${folder}/a.tar`);
    const zipped = gzipSync(await Deno.readFile(`${folder}/a.tar`));
    for (const name of ["a.tar.gz", "a.tgz"]) {
      await Deno.writeFile(`${folder}/${name}`, zipped);
      assert.deepEqual(await listed(`${folder}/${name}`), plain);
    }
    await Deno.writeFile(`${folder}/a.tgz`, zipped.subarray(0, zipped.length - 20));
    await assert.rejects(
      listed(`${folder}/a.tgz`),
      inputError(`${folder}/a.tgz: the tar cannot be read`),
    );
  }));
