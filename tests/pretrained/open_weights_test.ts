import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import {
  bytesOf,
  dict,
  floats,
  pickle,
  tensor,
  torchZip,
  withFile,
} from "@/tests/pretrained/pickled.ts";
import { refused } from "@/tests/pretrained/refused.ts";

const foreign: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["nothing", bytesOf(), /it is empty/],
  ["text", bytesOf("hello, this is no file of weights"), /no file of weights that is known/],
  ["a page of the web", bytesOf("\n<!DOCTYPE html><html>"), /a page of the web/],
  [
    "what Git LFS has for a file",
    bytesOf("version https://git-lfs.github.com/spec/v1\n"),
    /git lfs pull/,
  ],
  ["a gzip", bytesOf([0x1f, 0x8b, 8, 0]), /compressed with gzip/],
  ["a tar", bytesOf("a".repeat(257), "ustar\0", "\0".repeat(300)), /it is a tar/],
  ["HDF5", bytesOf([0x89], "HDF\r\n"), /HDF5/],
  ["a pickle of something else", pickle(dict({})), /none that torch\.save\(\) wrote/],
];

for (const [name, bytes, says] of foreign) {
  Deno.test(`${name} is refused as a file of weights, and called what it is`, async () => {
    await refused(bytes, says);
    // Whatever it is called.
    if (!says.source.includes("known")) await refused(bytes, says, { name: "model.safetensors" });
  });
}

Deno.test("what a file says of itself cannot act on the terminal, nor fill it", async () => {
  const clear = "\x1b[2J", long = "a".repeat(100_000);
  const tensors = { 0: floats(1) };
  for (const name of [`conv1${clear}`, "conv1\u202e", long]) {
    const named = pickle(dict({ [name]: tensor({ elements: 1 }) }));
    const calling = pickle("cposix\n", name === long ? long : `system${clear}`, "\n");
    for (const zip of [{ pickle: named, storages: tensors }, { pickle: calling }]) {
      await withFile(await torchZip(zip), (path) =>
        assert.rejects(openWeights(path), (error) => {
          assert.ok(error instanceof InputError);
          assert.match(error.problem, /^a tensor's name is too long or cannot|^it names posix/);
          assert.doesNotMatch(error.message, /\p{C}/u);
          assert.ok(error.message.length < 2000);
          return true;
        }));
    }
  }
});

Deno.test("a path with no file is refused as a file of weights", () =>
  withFile(bytesOf(), async (path) => {
    await assert.rejects(openWeights(`${path}x`), /the file does not exist. Correct the path/);
    await assert.rejects(
      openWeights(path.slice(0, path.lastIndexOf("/"))),
      /it is a folder\. Name a file/,
    );
  }));

Deno.test("what no file can be waited for, and links in a circle, are refused as a file of weights", () =>
  withFile(bytesOf(), async (path) => {
    await assert.rejects(openWeights("/dev/zero"), /it is a device or a pipe\. Name a file/);
    const { success } = await new Deno.Command("mkfifo", { args: [`${path}.pipe`] }).output();
    assert.ok(success);
    await assert.rejects(openWeights(`${path}.pipe`), /it is a device or a pipe\. Name a file/);
    await Deno.symlink(`${path}.a`, `${path}.b`);
    await Deno.symlink(`${path}.b`, `${path}.a`);
    await assert.rejects(openWeights(`${path}.a`), /its links form a circle\. Correct the link/);
  }));
