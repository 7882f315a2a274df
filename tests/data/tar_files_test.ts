import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { walkTar } from "@/lib/data/tar_files.ts";
import { inputError, inTempDir, tarOf, writeTar } from "@/tests/data/fixtures.ts";

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

Deno.test("walkTar() gives both of two equal paths, in their order", () =>
  inTempDir(async (folder) => {
    const path = `${folder}/a.tar`;
    await writeTar(path, [["a/1.jpg", "early"], ["b.jpg", "x"], ["./a//1.jpg", "late!!"]]);
    const files = await listed(path);
    assert.deepEqual(files.map(({ path, size }) => `${path} ${size}`), [
      "a/1.jpg 5",
      "b.jpg 1",
      "a/1.jpg 6",
    ]);
  }));

Deno.test("walkTar() lists a tar inside a tar by its place in the outer one, and names both in messages", () =>
  inTempDir(async (folder) => {
    const path = `${folder}/a.tar`;
    const inner = await tarOf({ "1.jpg": "one", "x/2.jpg": "second" });
    await writeTar(path, {
      "first.tar": "x".repeat(700),
      "second.tar": inner,
      "empty.tar": "",
      "short.tar": inner.subarray(0, 1300),
      "bad.tar": await tarOf({ "../1.jpg": "x" }),
    });
    const bytes = await Deno.readFile(path);
    const tars = new Map((await listed(path)).map((file) => [file.path, file]));
    const inside = (name: string) => Array.fromAsync(walkTar(path, tars.get(name)));
    const files = await inside("second.tar");
    const contents = files.map(({ path, offset, size }) =>
      `${path} ${new TextDecoder().decode(bytes.subarray(offset, offset + size))}`
    );
    assert.deepEqual(contents, ["1.jpg one", "x/2.jpg second"]);
    assert.deepEqual(await inside("empty.tar"), []);
    await assert.rejects(
      inside("short.tar"),
      inputError(`${path}: short.tar: the tar cannot be read`, "Copy or write it again"),
    );
    await assert.rejects(
      inside("bad.tar"),
      inputError(`${path}: bad.tar: the entry "../1.jpg" does not stay inside`),
    );
  }));

Deno.test("walkTar() ends early without leaving the file open", {
  sanitizeResources: true,
}, () =>
  inTempDir(async (folder) => {
    const tar = await tarOf({ "1.jpg": "one", "2.jpg": "x".repeat(3_000_000) });
    await Deno.writeFile(`${folder}/a.tar`, tar);
    await Deno.writeFile(`${folder}/a.tgz`, gzipSync(tar));
    for (const name of ["a.tar", "a.tgz"]) {
      for await (const { path } of walkTar(`${folder}/${name}`)) {
        assert.equal(path, "1.jpg");
        break;
      }
    }
  }));
