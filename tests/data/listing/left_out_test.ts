import assert from "node:assert/strict";
import { imagesAmong, leftOutCounter } from "@/lib/data/listing/left_out.ts";

Deno.test("leftOutCounter() counts by extension what could be an image, and no texts", () => {
  const leftOut = leftOutCounter();
  const paths = ["a/1.HEIC", "a/2.heic", "b.c/noextension", "x/1.bmp", "a/.x", "tail."];
  const texts = ["labels.tsv", "a/1.json", "README", "licence", "README.md", "x/notes.TXT"];
  for (const path of [...paths, ...texts]) leftOut.add(path);
  const expected = { "": 3, ".bmp": 1, ".heic": 2 };
  assert.deepEqual(leftOut.counts(), expected);
  assert.deepEqual(Object.keys(leftOut.counts()), Object.keys(expected));
});

Deno.test("imagesAmong() gives the images and counts the others", async () => {
  const leftOut = leftOutCounter();
  const files = ["1.jpg", "2.mov", "notes.txt", "3.PNG"]
    .map((path) => ({ path, size: 1, offset: 0 }));
  const images = await Array.fromAsync(imagesAmong(files, leftOut));
  assert.deepEqual(images.map(({ path }) => path), ["1.jpg", "3.PNG"]);
  assert.deepEqual(leftOut.counts(), { ".mov": 1 });
});
