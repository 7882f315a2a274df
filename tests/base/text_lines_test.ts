import assert from "node:assert/strict";
import { readLines, readText, unreadable } from "@/lib/base/text_lines.ts";
import { inputError, inTempDir, writeFolder } from "@/tests/data/fixtures.ts";

/** The lines of a file with these bytes. */
function linesOf(bytes: Uint8Array): Promise<string[]> {
  return inTempDir(async (dir) => {
    await Deno.writeFile(`${dir}/a.txt`, bytes);
    const lines = await Array.fromAsync(readLines(`${dir}/a.txt`));
    return lines.map(({ number, text }) => `${number} ${text}`);
  });
}

/** The text of a file with these bytes. */
function wholeOf(bytes: Uint8Array): Promise<string> {
  return inTempDir(async (dir) => {
    await Deno.writeFile(`${dir}/a.txt`, bytes);
    return await readText(`${dir}/a.txt`);
  });
}

const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("readLines() numbers lines from 1 and leaves empty ones out, whatever their ends", async () => {
  assert.deepEqual(await linesOf(encode("a\n\n  \n b c \n")), ["1 a", "4  b c "]);
  assert.deepEqual(await linesOf(encode("a\r\n\r\nb")), ["1 a", "3 b"]);
  assert.deepEqual(await linesOf(encode("\ufeffa\nb")), ["1 a", "2 b"]);
  assert.deepEqual(await linesOf(encode("")), []);
  assert.deepEqual(await linesOf(encode("\n\n")), []);
});

Deno.test("readLines() joins what stands in two pieces of the file, letters too", async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => `${i} 鳥🐦é`);
  const numbered = lines.map((text, i) => `${i + 1} ${text}`);
  assert.deepEqual(await linesOf(encode(lines.join("\n"))), numbered);
});

Deno.test("readLines() and readText() refuse what is no UTF-8, saying what it is", async () => {
  const refused: [number[], string][] = [
    [[97, 10, 0xe9, 10], "the text is not UTF-8"],
    [[97, 10, 0xc3], "the text is not UTF-8"],
    [[0xff, 0xfe, 97, 0], "the text is UTF-16, not UTF-8"],
    [[0xfe, 0xff, 0, 97], "the text is UTF-16, not UTF-8"],
    [[97, 98, 0, 10], "it holds zero bytes: it is not text, or not UTF-8"],
  ];
  for (const [bytes, says] of refused) {
    const expected = inputError(`/a.txt: ${says}. Save it as UTF-8`);
    await assert.rejects(linesOf(Uint8Array.from(bytes)), expected);
    await assert.rejects(wholeOf(Uint8Array.from(bytes)), expected);
  }
});

Deno.test("readLines() and readText() tell a missing file, a folder and one that is forbidden apart", () =>
  inTempDir(async (dir) => {
    await writeFolder(dir, { "a.txt": "a\n" });
    for (const read of [(path: string) => Array.fromAsync(readLines(path)), readText]) {
      for (const path of [`${dir}/none.txt`, `${dir}/a.txt/b.txt`]) {
        await assert.rejects(read(path), inputError(`${path}: the file does not exist`));
      }
      await assert.rejects(read(dir), inputError(`${dir}: it is a folder. Name a file`));
    }
    const forbidden = unreadable("a.txt", new Deno.errors.PermissionDenied("os error 13"));
    assert.equal(forbidden.message, "a.txt: reading it is not permitted. Allow it to be read");
    const other = unreadable("a.txt", new Error("input/output error"));
    assert.match(other.message, /^a.txt: the file cannot be read: input\/output error/);
  }));

Deno.test("readText() gives the whole text without a byte order mark", async () => {
  assert.equal(await wholeOf(encode("\ufeffa\r\n鳥")), "a\r\n鳥");
});
