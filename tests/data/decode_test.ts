import assert from "node:assert/strict";
import sharp, { type Sharp } from "sharp";
import { decodeImage as decodePicture, whyBroken } from "@/lib/data/decode.ts";
import { noiseJpeg } from "@/tests/data/fixtures.ts";

/** A picture of one colour. */
function plain(background: { r: number; g: number; b: number; alpha?: number }): Sharp {
  const { alpha = 1 } = background;
  const picture = sharp({ create: { width: 40, height: 20, channels: 4, background } });
  return alpha === 1 ? picture.removeAlpha() : picture;
}

/** The colour of a decoded picture of one colour, within `tolerance`. */
async function assertColour(
  picture: Sharp,
  expected: readonly number[],
  tolerance = 0,
): Promise<void> {
  const decoded = await decodeImage(await picture.toBuffer(), 4);
  assert.equal(decoded.length, 48);
  decoded.forEach((value, i) => {
    const distance = Math.abs(value - expected[i % 3]!);
    assert.ok(distance <= tolerance, `${[...decoded.subarray(0, 3)]} in place of ${expected}`);
  });
}

const colour = { r: 200, g: 100, b: 50 }, rgb = [200, 100, 50];

const decodeImage = (encoded: Uint8Array, px: number) => decodePicture({ encoded }, px);

Deno.test("decodeImage() reads JPEG, PNG and WebP", async () => {
  await assertColour(plain(colour).png(), rgb);
  await assertColour(plain(colour).png({ palette: true }), rgb);
  await assertColour(plain(colour).jpeg(), rgb, 2);
  await assertColour(plain(colour).webp({ lossless: true }), rgb);
});

Deno.test("decodeImage() lays transparency on white", async () => {
  await assertColour(plain({ ...colour, alpha: 0 }).png(), [255, 255, 255]);
  await assertColour(plain({ r: 255, g: 0, b: 0, alpha: 0.5 }).png(), [255, 127, 127], 1);
  await assertColour(plain({ r: 255, g: 0, b: 0, alpha: 0.5 }).webp({ lossless: true }), [
    255,
    127,
    127,
  ], 1);
});

Deno.test("decodeImage() makes three channels of 8 bits from grey, 16 bits and CMYK", async () => {
  const grey = { r: 90, g: 90, b: 90 };
  await assertColour(plain(grey).toColourspace("b-w").png(), [90, 90, 90]);
  await assertColour(plain(grey).toColourspace("b-w").jpeg(), [90, 90, 90], 1);
  const deep = plain(colour).toColourspace("rgb16").png();
  assert.equal((await sharp(await deep.toBuffer()).metadata()).depth, "ushort");
  await assertColour(deep, rgb, 1);
  await assertColour(plain(grey).toColourspace("grey16").png(), [90, 90, 90], 1);
  const cmyk = plain(colour).toColourspace("cmyk").jpeg();
  assert.equal((await sharp(await cmyk.toBuffer()).metadata()).space, "cmyk");
  // The gamut of print is smaller: a conversion that inverts or drops a channel is far off.
  await assertColour(cmyk, rgb, 30);
});

Deno.test("decodeImage() crops the centre and turns the picture upright", async () => {
  // Thirds of red, green and blue, side by side.
  const raw = Uint8Array.from({ length: 90 * 30 * 3 }, (_, i) => {
    const third = Math.floor((Math.floor(i / 3) % 90) / 30);
    return i % 3 === third ? 255 : 0;
  });
  const thirds = () => sharp(raw, { raw: { width: 90, height: 30, channels: 3 } });
  const centre = await decodeImage(await thirds().png().toBuffer(), 30);
  assert.deepEqual([...centre.subarray(15 * 90 + 45, 15 * 90 + 48)], [0, 255, 0]);

  // EXIF orientation 6 says: shown turned by a quarter clockwise, so that the left comes to the top.
  const tall = sharp(
    await thirds().extract({ left: 15, top: 0, width: 30, height: 30 }).png().toBuffer(),
  );
  const turned = await decodeImage(
    await tall.withMetadata({ orientation: 6 }).png().toBuffer(),
    30,
  );
  assert.deepEqual([...turned.subarray(3 * 15, 3 * 15 + 3)], [255, 0, 0]);
  assert.deepEqual([...turned.subarray(29 * 90 + 45, 29 * 90 + 48)], [0, 255, 0]);
});

Deno.test("decodeImage() enlarges and reduces to the size asked for", async () => {
  for (const px of [1, 8, 100]) {
    assert.equal((await decodeImage(await noiseJpeg(1, 37, 11), px)).length, px * px * 3);
  }
});

Deno.test("decodeImage() rejects what is broken", async () => {
  const whole = await noiseJpeg(1, 64, 64);
  for (const part of [0.2, 0.5, 0.9]) {
    await assert.rejects(decodeImage(whole.subarray(0, whole.length * part), 8));
  }
  await assert.rejects(decodeImage(new TextEncoder().encode("no image"), 8));
  await assert.rejects(decodeImage(new Uint8Array(), 8));
});

Deno.test("decodeImage() rejects an image that claims too many pixels", async () => {
  const large = await sharp({
    create: { width: 12_000, height: 9_000, channels: 3, background: "#fff" },
  }).png().toBuffer();
  await assert.rejects(decodeImage(large, 8), /pixel limit/);
});

Deno.test("decodeImage() takes plain RGB as it is, or scales it", async () => {
  const pixels = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => i);
  assert.deepEqual(await decodePicture({ pixels, width: 4, height: 4 }, 4), pixels);
  const grey = new Uint8Array(6 * 4 * 3).fill(77);
  const small = await decodePicture({ pixels: grey, width: 6, height: 4 }, 2);
  assert.deepEqual([...small], new Array(12).fill(77));
});

Deno.test("whyBroken() tells what is too large from what is cut short and what is no image", async () => {
  const whole = await noiseJpeg(1, 64, 64);
  assert.equal(
    await whyBroken(whole.subarray(0, whole.length / 2)),
    "the image is cut short or damaged",
  );
  const huge = await sharp({
    create: { width: 30_000, height: 30_000, channels: 3, background: "#123456" },
    limitInputPixels: false,
  }).png({ compressionLevel: 1 }).toBuffer();
  const before = Deno.memoryUsage().rss;
  await assert.rejects(decodeImage(huge, 8));
  assert.equal(
    await whyBroken(huge),
    "the image has 30000 x 30000 pixels, more than 100 million",
  );
  // Decoded it would take 2.7 GB.
  assert.ok(Deno.memoryUsage().rss - before < 2 ** 28);
  assert.match(await whyBroken(new TextEncoder().encode("no image")), /no image of a kind/);
});
