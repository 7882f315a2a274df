import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { InputError } from "@/lib/base/errors.ts";
import { walkTar } from "@/lib/data/files/tar_files.ts";
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
    const kinds = { symlink: 'symlink to "a"', link: 'hard link to "a"', fifo: "fifo" } as const;
    for (const type of ["symlink", "link", "fifo"] as const) {
      await writeTar(tar, { "train/a/1.jpg": "x" }, [{ name: "train/b", type, linkname: "a" }]);
      await assert.rejects(
        listed(tar),
        inputError(tar, `the entry "train/b" is a ${kinds[type]}`, "plain files only"),
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

/** A tar's header. */
function headerOf(
  name: string,
  { type, size, magic }: {
    readonly type: string;
    readonly size: number | "base-256";
    readonly magic?: string;
  },
): Uint8Array {
  const block = new Uint8Array(512);
  const write = (text: string, at: number) => block.set(new TextEncoder().encode(text), at);
  write(name, 0);
  write("0000644\x000000000\x000000000\x00", 100);
  if (size === "base-256") block.set([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3], 124);
  else write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  write("00000000000\0        ", 136);
  write(type, 156);
  write(magic ?? "ustar\x0000", 257);
  const sum = block.reduce((all, byte) => all + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** A text, filled up to whole blocks. */
function blocksOf(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const blocks = new Uint8Array(512 * Math.ceil(bytes.length / 512));
  blocks.set(bytes);
  return blocks;
}

/** An extended header of POSIX. */
function paxOf(fields: Readonly<Record<string, string>>, type: "x" | "g" = "x"): Uint8Array[] {
  const text = Object.entries(fields).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    const length = rest.length + String(rest.length + 2).length;
    return `${length}${rest}`;
  }).join("");
  return [headerOf("PaxHeaders/x", { type, size: text.length }), blocksOf(text)];
}

const ending = new Uint8Array(1024);
const one = [headerOf("a/1.jpg", { type: "0", size: 3 }), blocksOf("one")];

/** Lists a tar made of blocks, plain and compressed, which must agree. */
async function listedBlocks(folder: string, blocks: readonly Uint8Array[]) {
  const tar = Buffer.concat(blocks);
  await Deno.writeFile(`${folder}/b.tar`, tar);
  await Deno.writeFile(`${folder}/b.tar.gz`, gzipSync(tar));
  const outcomes = await Promise.allSettled([
    listed(`${folder}/b.tar`),
    listed(`${folder}/b.tar.gz`),
  ]);
  const [plain, zipped] = outcomes.map((outcome) =>
    outcome.status === "fulfilled" ? outcome.value : outcome.reason
  );
  if (plain instanceof Error) {
    assert.equal(zipped.problem, plain instanceof InputError ? plain.problem : undefined);
    throw plain;
  }
  assert.deepEqual(zipped, plain);
  return plain.map(({ path, size }: { path: string; size: number }) => `${path} ${size}`);
}

Deno.test("walkTar() reads long names, global headers, old formats, large sizes, labels and tars in a row", () =>
  inTempDir(async (folder) => {
    const long = `train/${"n".repeat(120)}/1.jpg`;
    const forms: [Uint8Array[], string[]][] = [
      [[headerOf("././@LongLink", { type: "L", size: long.length + 1 }), blocksOf(`${long}\0`)], [
        `${long} 3`,
      ]],
      [paxOf({ path: long }), [`${long} 3`]],
      [paxOf({ comment: "hello" }, "g"), ["x/2.jpg 3"]],
      [[headerOf("Volume", { type: "V", size: 0, magic: "ustar  \0" })], ["x/2.jpg 3"]],
      [[...one, ending], ["a/1.jpg 3", "x/2.jpg 3"]],
      [[headerOf("old.jpg", { type: "0", size: 3, magic: "\0".repeat(8) }), blocksOf("old")], [
        "old.jpg 3",
        "x/2.jpg 3",
      ]],
    ];
    const last = [headerOf("x/2.jpg", { type: "0", size: "base-256" }), blocksOf("two"), ending];
    for (const [before, expected] of forms) {
      assert.deepEqual(await listedBlocks(folder, [...before, ...last]), expected);
    }
  }));

Deno.test("walkTar() refuses a sparse file of any form by its own name", () =>
  inTempDir(async (folder) => {
    const placeholder = headerOf("a/GNUSparseFile.7/1.jpg", { type: "0", size: 3 });
    const forms: Uint8Array[][] = [
      [headerOf("a/1.jpg", { type: "S", size: 3, magic: "ustar  \0" })],
      [
        ...paxOf({ "GNU.sparse.size": "9000", "GNU.sparse.numblocks": "1" }),
        headerOf("a/1.jpg", { type: "0", size: 3 }),
      ],
      [...paxOf({ "GNU.sparse.name": "a/1.jpg", "GNU.sparse.map": "0,3" }), placeholder],
      [...paxOf({ "GNU.sparse.major": "1", "GNU.sparse.name": "a/1.jpg" }), placeholder],
      [...paxOf({ "SCHILY.realsize": "9000" }), headerOf("a/1.jpg", { type: "0", size: 3 })],
    ];
    for (const form of forms) {
      await assert.rejects(
        listedBlocks(folder, [...one, ...form, blocksOf("abc"), ending]),
        inputError(`${folder}/b.tar: the file "a/1.jpg" is stored sparse`, "whole files"),
      );
    }
    // What is hidden is not asked how it is stored.
    const hidden = [
      headerOf("a/._1.jpg", { type: "S", size: 3, magic: "ustar  \0" }),
      blocksOf("abc"),
    ];
    assert.deepEqual(await listedBlocks(folder, [...hidden, ...one, ending]), ["a/1.jpg 3"]);
  }));

Deno.test("walkTar() names the letter of a type that is unknown", () =>
  inTempDir(async (folder) => {
    const part = headerOf("a/1.jpg", { type: "M", size: 0, magic: "ustar  \0" });
    await assert.rejects(
      listedBlocks(folder, [...one, part, ending]),
      inputError(`the entry "a/1.jpg" is a thing of unknown type "M"`),
    );
  }));

Deno.test("walkTar() refuses a tar that ends between two files, or goes on after its end", () =>
  inTempDir(async (folder) => {
    await assert.rejects(
      listedBlocks(folder, one),
      inputError("the tar cannot be read: Its end is missing", "Copy or write it again"),
    );
    for (const text of ["rubbish".repeat(200), "!"]) {
      const garbage = new TextEncoder().encode(text);
      await assert.rejects(
        listedBlocks(folder, [...one, ending, garbage]),
        inputError("something follows after the tar's end at byte 2048", "Copy or write it again"),
      );
    }
    assert.deepEqual(await listedBlocks(folder, [...one, ending, new Uint8Array(10240)]), [
      "a/1.jpg 3",
    ]);
  }));

Deno.test("walkTar() reads gzip in several members", () =>
  inTempDir(async (folder) => {
    const tar = Buffer.concat([...one, ending]);
    const members = [tar.subarray(0, 700), tar.subarray(700)].map((part) => gzipSync(part));
    await Deno.writeFile(`${folder}/a.tgz`, Buffer.concat(members));
    assert.deepEqual((await listed(`${folder}/a.tgz`)).map(({ path }) => path), ["a/1.jpg"]);
  }));

Deno.test("walkTar() says what a file is that its name calls a tar", () =>
  inTempDir(async (folder) => {
    const kinds: [string, string | Uint8Array, string][] = [
      ["a.tar", gzipSync(Buffer.concat([...one, ending])), "compressed by gzip"],
      ["a.tar.gz", Buffer.concat([...one, ending]), "not compressed by gzip, as its name says"],
      ["a.tar.gz", "", "empty"],
      ["a.tar", `PK\x03\x04${"x".repeat(1000)}`, "a zip archive"],
      ["a.tar.gz", `PK\x03\x04${"x".repeat(1000)}`, "a zip archive"],
      ["a.tar", `version https://git-lfs.github.com/spec/v1\n`, "a pointer of Git LFS"],
      ["a.tar.gz", `version https://git-lfs.github.com/spec/v1\n`, "a pointer of Git LFS"],
      ["a.tar", `<?xml version="1.0"?><Error>${"x".repeat(1000)}`, "XML"],
      ["a.tar", `<html>${"x".repeat(1000)}`, "a web page"],
      ["a.tar.gz", `<html>${"x".repeat(1000)}`, "a web page"],
    ];
    for (const [name, content, kind] of kinds) {
      await Deno.writeFile(`${folder}/${name}`, Buffer.from(content));
      await assert.rejects(
        listed(`${folder}/${name}`),
        inputError(`${folder}/${name}: the tar cannot be read: it is ${kind}`),
      );
    }
  }));
