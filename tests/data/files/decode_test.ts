import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { resolve } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { decodeImage as decodePicture, whyBroken } from "@/lib/data/files/decode.ts";
import { inTempDir, noiseJpeg } from "@/tests/data/fixtures.ts";

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

Deno.test("decodeImage() lays transparent grey, palettes and 16 bits on white", async () => {
  /** Four by four pixels of the given channels. */
  const filled = (channels: readonly number[]) =>
    sharp(
      Uint8Array.from({ length: 16 * channels.length }, (_, i) => channels[i % channels.length]!),
      {
        raw: { width: 4, height: 4, channels: channels.length as 2 | 4 },
      },
    );
  // Half of the colour and half of white.
  await assertColour(filled([90, 128]).png(), [172, 172, 172], 1);
  await assertColour(filled([200, 100, 50, 128]).png({ palette: true }), [227, 177, 152], 1);
  const deep = await filled([200, 100, 50, 128]).toColourspace("rgb16").png().toBuffer();
  assert.equal((await sharp(deep).metadata()).depth, "ushort");
  assert.deepEqual([...await decodeImage(deep, 1)], [227, 177, 152]);
});

Deno.test("decodeImage() shows the first frame of an animation", async () => {
  const frames = new Uint8Array(4 * 8 * 3).fill(200, 0, 48).fill(10, 48);
  const animation = sharp(frames, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } })
    .webp({ lossless: true, delay: [100, 100] });
  assert.equal((await sharp(await animation.toBuffer(), { animated: true }).metadata()).pages, 2);
  await assertColour(animation, [200, 200, 200]);
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

Deno.test("decodeImage() rejects an image of more than 100 million pixels", async () => {
  await assert.rejects(decodeImage(blackPng(10_001), 8), /pixel limit/);
  assert.equal((await decodeImage(blackPng(10_000), 1)).length, 3);
});

Deno.test("decodeImage() takes plain RGB as it is, or scales it", async () => {
  const pixels = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => i);
  assert.deepEqual(await decodePicture({ pixels, width: 4, height: 4 }, 4), pixels);
  const grey = new Uint8Array(6 * 4 * 3).fill(77);
  const small = await decodePicture({ pixels: grey, width: 6, height: 4 }, 2);
  assert.deepEqual([...small], new Array(12).fill(77));
});

Deno.test("whyBroken() tells what is cut short from what is not an image of a kind that is read", async () => {
  const noise = () =>
    sharp(Uint8Array.from({ length: 90 * 60 * 3 }, (_, i) => (i * 7919) >> 3), raw);
  const raw = { raw: { width: 90, height: 60, channels: 3 } } as const;
  for (const kind of ["jpeg", "png", "webp", "gif", "tiff", "avif"] as const) {
    const whole = await noise()[kind]().toBuffer();
    // In the first bytes, within the header, in the middle, and near the end.
    for (const length of [12, 40, whole.length >> 1, whole.length - 20]) {
      const part = whole.subarray(0, length);
      await assert.rejects(decodeImage(part, 8), `${kind} of ${length} bytes`);
      assert.equal(await whyBroken(part), "the image is cut short or damaged");
    }
  }
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';
  const others = [new TextEncoder().encode("no image"), new TextEncoder().encode(drawing)];
  for (const other of others) {
    await assert.rejects(decodeImage(other, 8), /not an image of a kind that is read/);
    assert.equal(
      await whyBroken(other),
      "the file is not an image of a kind that is read (JPEG, PNG, WebP, GIF, TIFF, AVIF)",
    );
  }
  const foreign = [
    ["version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS"],
    ["\n<!DOCTYPE html>", "a web page"],
    ["<?xml version='1.0'?><Error>", "XML"],
  ] as const;
  for (const [beginning, what] of foreign) {
    const reason = await whyBroken(new TextEncoder().encode(beginning));
    assert.match(reason, new RegExp(`^the file is ${what}.*, not an image of a kind that is read`));
  }
  const named = [["BM", "BMP"], ["\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"]] as const;
  for (const [beginning, kind] of named) {
    const bytes = new TextEncoder().encode(beginning.padEnd(400, "\0"));
    await assert.rejects(decodeImage(bytes, 8), /not an image of a kind that is read/);
    assert.match(await whyBroken(bytes), new RegExp(`of the kind ${kind}, not an image`));
  }
});

Deno.test("decodeImage() reads GIF, TIFF of 8 and 16 bits, and AVIF, transparent or not", async () => {
  const clear = { ...colour, alpha: 0 };
  await assertColour(plain(colour).gif(), rgb);
  await assertColour(plain(clear).gif(), [255, 255, 255]);
  await assertColour(plain(colour).tiff({ compression: "lzw" }), rgb);
  await assertColour(plain(colour).tiff({ compression: "jpeg" }), rgb, 2);
  await assertColour(plain(clear).tiff({ compression: "lzw" }), [255, 255, 255]);
  await assertColour(plain(colour).avif({ lossless: true }), rgb);
  await assertColour(plain(colour).avif({ bitdepth: 10 }), rgb, 3);
  await assertColour(plain(clear).avif({ lossless: true }), [255, 255, 255]);
  const deep = tiffOf([51400, 25700, 12850], { bits: 16 });
  assert.deepEqual([...await decodeImage(deep, 1)], rgb);
  assert.deepEqual([...await decodeImage(tiffOf([200]), 1)], [200, 200, 200]);
  const half = tiffOf([200, 100, 50, 128], { extra: 2 });
  assert.deepEqual([...await decodeImage(half, 1)], [227, 177, 152]);
});

Deno.test("decodeImage() shows the first frame of a GIF and the first page of a TIFF", async () => {
  const pages = new Uint8Array(4 * 8 * 3).fill(200, 0, 48).fill(10, 48);
  const both = sharp(pages, { raw: { width: 4, height: 8, channels: 3, pageHeight: 4 } });
  for (const file of [both.clone().gif(), both.clone().tiff({ compression: "lzw" })]) {
    assert.equal((await sharp(await file.toBuffer(), { pages: -1 }).metadata()).pages, 2);
    await assertColour(file, [200, 200, 200], 1);
  }
});

Deno.test("decodeImage() refuses a TIFF that holds measurements and no picture, and says why", async () => {
  const refused: [Uint8Array, string][] = [
    [tiffOf([1, 0, 0], { bits: 32, format: 3 }), "of the type float"],
    [tiffOf([1, 0, 0], { bits: 32 }), "of the type uint"],
    [tiffOf([300], { bits: 16, format: 2 }), "of the type short"],
    [tiffOf([1, 2, 3, 4, 5]), "5 channels, which make no picture"],
    [tiffOf([1, 2, 3, 4], { extra: 0 }), "4 channels, the last of which is not transparency"],
    [tiffOf([1, 2]), "2 channels, the last of which is not transparency"],
  ];
  for (const [tiff, reason] of refused) {
    await assert.rejects(decodeImage(tiff, 4), new RegExp(reason));
    assert.match(await whyBroken(tiff), new RegExp(reason));
  }
});

/** A TIFF of 4 by 4 equal pixels with a number for each channel; `format` 1 is unsigned, 2 signed, 3 float. */
function tiffOf(
  pixel: readonly number[],
  options: { readonly bits?: 8 | 16 | 32; readonly format?: number; readonly extra?: number } = {},
): Uint8Array {
  const { bits = 8, format = 1, extra } = options;
  const channels = pixel.length, bytes = bits / 8, data = 256;
  const file = new DataView(new ArrayBuffer(data + 16 * channels * bytes));
  // Numbers of 16 bits for each channel: two fit into an entry, more stand elsewhere.
  const each = (value: number, at: number): number => {
    for (let i = 0; i < channels; i++) file.setUint16(at + 2 * i, value, true);
    return channels <= 2 ? value + (channels === 2 ? value * 65536 : 0) : at;
  };
  const entries = [
    [256, 3, 1, 4],
    [257, 3, 1, 4],
    [258, 3, channels, each(bits, 220)],
    [259, 3, 1, 1],
    [262, 3, 1, channels < 3 ? 1 : 2],
    [273, 4, 1, data],
    [277, 3, 1, channels],
    [278, 3, 1, 4],
    [279, 4, 1, 16 * channels * bytes],
    ...extra === undefined ? [] : [[338, 3, 1, extra]],
    [339, 3, channels, each(format, 240)],
  ] as [number, number, number, number][];
  file.setUint32(0, 0x49492a00);
  file.setUint32(4, 8, true);
  file.setUint16(8, entries.length, true);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    file.setUint16(10 + 12 * i, tag, true);
    file.setUint16(12 + 12 * i, type, true);
    file.setUint32(14 + 12 * i, count, true);
    file.setUint32(18 + 12 * i, value, true);
  }
  for (let i = 0; i < 16 * channels; i++) {
    const value = pixel[i % channels]!, at = data + i * bytes;
    if (format === 3) file.setFloat32(at, value, true);
    else if (bits === 8) file.setUint8(at, value);
    else if (bits === 16) file.setUint16(at, value, true);
    else file.setUint32(at, value, true);
  }
  return new Uint8Array(file.buffer);
}

/** A black PNG of one bit a pixel: a few kilobytes, however many pixels it has. */
function blackPng(side: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const bytes = new Uint8Array(12 + data.length), view = new DataView(bytes.buffer);
    view.setUint32(0, data.length);
    bytes.set(new TextEncoder().encode(type), 4);
    bytes.set(data, 8);
    view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
    return bytes;
  };
  const header = new Uint8Array(13), view = new DataView(header.buffer);
  view.setUint32(0, side);
  view.setUint32(4, side);
  header[8] = 1;
  const rows = deflateSync(new Uint8Array(side * (Math.ceil(side / 8) + 1)));
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  const ending = chunk("IEND", new Uint8Array());
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), ending]);
}

/** A JPEG whose header claims another size than it has. */
async function claiming(side: number): Promise<Uint8Array> {
  const jpeg = (await noiseJpeg(1, 64, 64)).slice();
  const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  const view = new DataView(jpeg.buffer, frame);
  view.setUint16(5, side);
  view.setUint16(7, side);
  return jpeg;
}

/** Decodes the file named and prints why it is broken, if it is, and by how many MiB the process's peak rose. */
const measure = `
import { decodeImage, whyBroken } from "@/lib/data/files/decode.ts";
import { peakMemory } from "@/lib/train/peak_memory.ts";
const encoded = Deno.readFileSync(Deno.args[0]);
// What the decoder itself takes is no part of it.
await decodeImage({ pixels: new Uint8Array(3 * 16), width: 4, height: 4 }, 2);
const before = peakMemory();
const why = await decodeImage({ encoded }, 8).then(() => null, () => whyBroken(encoded));
console.log(JSON.stringify({ why, mebibytes: (peakMemory() - before) / 2 ** 20 }));
`;

Deno.test("decodeImage() holds little memory, whatever size an image has or claims", () =>
  inTempDir(async (dir) => {
    const large = "the image has 30000 x 30000 pixels, more than 100 million";
    const cases = [
      { encoded: blackPng(30_000), why: large },
      { encoded: await claiming(30_000), why: large },
      // 300 MB as RGB, but read and shrunk line by line.
      { encoded: blackPng(9_990), why: null },
    ];
    for (const [i, { encoded, why }] of cases.entries()) {
      await Deno.writeFile(`${dir}/${i}`, encoded);
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["eval", "--no-check", measure, `${dir}/${i}`],
        cwd: resolve(import.meta.dirname!, "../../.."),
      }).output();
      const found = JSON.parse(new TextDecoder().decode(stdout));
      assert.equal(found.why, why);
      assert.ok(found.mebibytes < 64, `case ${i} took ${found.mebibytes} MiB`);
    }
  }));
