import assert from "node:assert/strict";
import { readLines } from "@/lib/data/text_lines.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

/** The lines of a file with these bytes. */
function linesOf(bytes: Uint8Array): Promise<string[]> {
  return inTempDir(async (dir) => {
    await Deno.writeFile(`${dir}/a.txt`, bytes);
    const lines = await Array.fromAsync(readLines(`${dir}/a.txt`));
    return lines.map(({ number, text }) => `${number} ${text}`);
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

Deno.test("readLines() refuses what is no UTF-8 and what cannot be read", async () => {
  await assert.rejects(
    linesOf(Uint8Array.of(97, 10, 0xe9, 10)),
    inputError("/a.txt: the file cannot be read", "Save it as UTF-8"),
  );
  await assert.rejects(
    Array.fromAsync(readLines("/nowhere/a.txt")),
    inputError("/nowhere/a.txt: the file cannot be read"),
  );
});
