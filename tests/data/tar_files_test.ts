import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { sha256File } from "@/lib/base/sha256.ts";
import { listTar } from "@/lib/data/tar_files.ts";
import { inputError, inTempDir, writeTar } from "@/tests/data/fixtures.ts";

Deno.test("listTar() lists files with their place in the archive, in any script and of any length", () =>
  inTempDir(async (folder) => {
    const tar = `${folder}/a.tar`;
    const long = `train/${"x".repeat(150)}/${"鳥".repeat(60)}.jpg`;
    await writeTar(tar, { "./train/ель/1.jpg": "one", [long]: "second", "empty": "" });
    const hash = createHash("sha256");
    const files = await listTar(tar, (bytes) => hash.update(bytes));
    assert.deepEqual(files.map(({ path, size }) => [path, size]), [
      ["train/ель/1.jpg", 3],
      [long, 6],
      ["empty", 0],
    ]);
    const bytes = await Deno.readFile(tar);
    const { offset = 0, size } = files[1]!;
    assert.equal(new TextDecoder().decode(bytes.subarray(offset, offset + size)), "second");
    assert.equal(hash.digest("hex"), await sha256File(tar));
  }));

Deno.test("listTar() leaves hidden files out", () =>
  inTempDir(async (folder) => {
    await writeTar(`${folder}/a.tar`, {
      "train/a/._1.jpg": "x",
      "__MACOSX/train/a/1.jpg": "x",
      ".git/1.jpg": "x",
      "train/a/1.jpg": "x",
    });
    const files = await listTar(`${folder}/a.tar`);
    assert.deepEqual(files.map(({ path }) => path), ["train/a/1.jpg"]);
  }));

Deno.test("listTar() lets the later of two entries win", () =>
  inTempDir(async (folder) => {
    await writeTar(`${folder}/a.tar`, { "a": "old", "./a": "newer" });
    assert.deepEqual((await listTar(`${folder}/a.tar`)).map(({ size }) => size), [5]);
  }));

Deno.test("listTar() refuses unsafe entries by name", () =>
  inTempDir(async (folder) => {
    const tar = `${folder}/a.tar`;
    for (
      const name of ["../evil.jpg", "train/../../evil.jpg", "/etc/evil.jpg", "C:/evil.jpg", "a\\b"]
    ) {
      await writeTar(tar, { "train/a/1.jpg": "x", [name]: "x", "train/a/2.jpg": "x" });
      await assert.rejects(
        listTar(tar),
        inputError(tar, `the entry "${name}" does not stay inside the archive`, "relative paths"),
      );
    }
    for (const type of ["symlink", "link", "fifo"] as const) {
      await writeTar(tar, { "train/a/1.jpg": "x" }, [{ name: "train/b", type, linkname: "a" }]);
      await assert.rejects(
        listTar(tar),
        inputError(tar, `the entry "train/b" is a ${type}`, "plain files only"),
      );
    }
  }));

Deno.test("listTar() says that a tar is cut short or no tar", () =>
  inTempDir(async (folder) => {
    const tar = `${folder}/a.tar`;
    await writeTar(tar, { "train/a/1.jpg": "x".repeat(5000) });
    await Deno.truncate(tar, 3000);
    await assert.rejects(listTar(tar), inputError(tar, "the tar cannot be read", "write it again"));
    await Deno.writeTextFile(tar, "no tar ".repeat(1000));
    await assert.rejects(listTar(tar), inputError(tar, "the tar cannot be read"));
  }));
