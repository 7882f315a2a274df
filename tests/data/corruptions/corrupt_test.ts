import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import sharp from "sharp";
import {
  clean,
  type Corruption,
  downsample,
  jpeg,
  resize,
  saltAndPepper as saltAndPepperOf,
} from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { corruptImage } from "@/lib/data/corruptions/corrupt.ts";
import { saltAndPepper } from "@/lib/data/corruptions/salt_and_pepper.ts";

const px = 32;

/** An image whose pixel at (x, y) is grey of a value. */
function grey(value: (x: number, y: number) => number, side = px): Uint8Array {
  return Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const place = Math.floor(i / 3);
    return value(place % side, Math.floor(place / side));
  });
}

function noise(seed: number, side = px): Uint8Array {
  const random = randomAt(seed, "test noise");
  return Uint8Array.from({ length: side * side * 3 }, () => random.integer(256));
}

/** The row of an image, one channel. */
function row(pixels: Uint8Array, y: number, side = px): number[] {
  return Array.from({ length: side }, (_, x) => pixels[(y * side + x) * 3]!);
}

const ramp = grey((x) => 8 * x);
const all: readonly Corruption[] = [
  clean(),
  downsample(2),
  downsample(4),
  resize(0.7),
  jpeg(30),
  saltAndPepperOf(),
];

Deno.test("corruptImage() gives an image of the same size, the same for the same image, and leaves its input alone", async () => {
  for (const side of [24, 32, 33]) {
    for (const corruption of all) {
      // A Buffer, as decoders give it: its slice() is no copy.
      const pixels = Buffer.from(noise(1, side));
      const options = { px: side, image: 7 };
      const once = await corruptImage(pixels, corruption, options);
      assert.equal(once.length, pixels.length);
      assert.deepEqual(await corruptImage(pixels, corruption, options), once);
      assert.deepEqual(new Uint8Array(pixels), noise(1, side));
      assert.equal(Buffer.compare(once, pixels) === 0, corruption.kind === "clean");
    }
  }
});

Deno.test("corruptImage() leaves an image of one colour as it is, but for salt and pepper", async () => {
  const plain = grey(() => 100);
  for (const corruption of all.filter(({ kind }) => kind !== "salt-and-pepper")) {
    const got = await corruptImage(plain, corruption, { px, image: 0 });
    // JPEG rounds the mean of a block as coarsely as its quality says, at 30 to steps of 27 / 8.
    const off = corruption.kind === "jpeg" ? 27 / 16 : 0;
    assert.ok(got.every((value) => Math.abs(value - 100) <= off), corruption.kind);
  }
});

Deno.test("corruptImage() downsamples without moving the picture", async () => {
  // The middle of a ramp stays that ramp, whatever the factor; half a pixel aside it would be 4 off.
  for (const corruption of [downsample(2), downsample(4), resize(0.75)]) {
    const got = row(await corruptImage(ramp, corruption, { px, image: 0 }), 16);
    for (let x = 8; x < 24; x++) {
      assert.ok(Math.abs(got[x]! - 8 * x) <= 1, `${corruption.kind}: ${got}`);
    }
  }
});

Deno.test("corruptImage() takes away what is finer than the shrunken image can hold, and little else", async () => {
  const finest = grey((x, y) => (x + y) % 2 * 255);
  const board = row(await corruptImage(finest, downsample(2), { px, image: 0 }), 16);
  // Half of the pixels black, half white: grey, but at the border, where the picture has no other side.
  assert.ok(board.slice(4, 28).every((value) => Math.abs(value - 127.5) <= 1), `${board}`);
  // Blocks of 4 x 4 survive a factor of 2 in their middle and vanish at 4.
  const blocks = grey((x, y) => (Math.floor(x / 4) + Math.floor(y / 4)) % 2 * 200);
  const spread = async (corruption: Corruption) => {
    const got = row(await corruptImage(blocks, corruption, { px, image: 0 }), 17);
    return Math.max(...got) - Math.min(...got);
  };
  const halved = await spread(downsample(2)), quartered = await spread(downsample(4));
  assert.ok(halved > 140, `${halved}`);
  assert.ok(quartered < halved - 20, `${quartered}`);
});

Deno.test("corruptImage() shrinks as sharp does and enlarges between the centres", async () => {
  const pixels = noise(3);
  const raw = { width: px, height: px, channels: 3 } as const;
  for (const [corruption, side] of [[downsample(4), 8], [resize(0.7), 22]] as const) {
    const small = await sharp(pixels, { raw }).resize(side, side).raw().toBuffer();
    const got = await corruptImage(pixels, corruption, { px, image: 0 });
    // An outermost pixel lies beyond the outermost centre, so that nothing is mixed into it.
    for (let channel = 0; channel < 3; channel++) {
      assert.equal(got[channel], small[channel]);
      assert.equal(got[got.length - 3 + channel], small[small.length - 3 + channel]);
    }
  }
});

Deno.test("corruptImage() saves as the JPEG that sharp writes at that quality, and a lower one keeps less", async () => {
  const pixels = noise(4);
  const raw = { width: px, height: px, channels: 3 } as const;
  const difference = async (quality: number) => {
    const file = await sharp(pixels, { raw }).jpeg({ quality, chromaSubsampling: "4:2:0" })
      .toBuffer();
    const got = await corruptImage(pixels, jpeg(quality), { px, image: 0 });
    assert.deepEqual(got, new Uint8Array(await sharp(file).raw().toBuffer()));
    return got.reduce((sum, value, i) => sum + Math.abs(value - pixels[i]!), 0);
  };
  assert.ok(await difference(10) > await difference(60));
});

Deno.test("saltAndPepper() strikes whole pixels by hand: below half the probability black, up to it white", () => {
  const numbers = [0.004, 0.005, 0.0099, 0.01, 0.9];
  let at = 0;
  const random = { ...randomAt(0, "unused"), uniform: () => numbers[at++]! };
  const pixels = Uint8Array.from({ length: 15 }, (_, i) => i + 1);
  assert.deepEqual(
    [...saltAndPepper(pixels, { probability: 0.01, random })],
    [0, 0, 0, 255, 255, 255, 255, 255, 255, 10, 11, 12, 13, 14, 15],
  );
});

Deno.test("corruptImage() strikes one pixel in a hundred, another set for another image", async () => {
  const side = 100, images = 20;
  const plain = grey(() => 128, side);
  let black = 0, white = 0;
  const struck = new Set<string>();
  for (let image = 0; image < images; image++) {
    const got = await corruptImage(plain, saltAndPepperOf(0.01), { px: side, image });
    const values = Array.from({ length: side * side }, (_, i) => got[3 * i]!);
    black += values.filter((value) => value === 0).length;
    white += values.filter((value) => value === 255).length;
    struck.add(values.join());
  }
  // 200,000 pixels: 2000 expected, with a standard deviation of 45, and 1000 of each colour with one of 32.
  assert.ok(Math.abs(black + white - 2000) < 4 * 45, `${black + white}`);
  assert.ok(Math.abs(black - 1000) < 4 * 32 && Math.abs(white - 1000) < 4 * 32);
  assert.equal(struck.size, images);
});
