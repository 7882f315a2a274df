import assert from "node:assert/strict";
import type { Augmentation } from "@/dsl/training.ts";
import { COLOUR_NUMBERS, drawViews, mayBlur } from "@/lib/train/draw_views.ts";

const augmentation: Augmentation = {
  cropArea: [0.2, 1],
  pixels: 32,
  cropAspect: [3 / 4, 4 / 3],
  flip: 0.5,
  jitter: 0.8,
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  hue: 0.1,
  greyscale: 0.2,
  blur: 0,
};
const many = Uint32Array.from({ length: 2000 }, (_, i) => i);
const at = { seed: 1, epoch: 0, indices: many, views: 1 };

function boxesOf(views: { boxes: Float32Array }): [number, number, number, number][] {
  return Array.from({ length: views.boxes.length / 4 }, (_, i) => {
    const [top, left, bottom, right] = views.boxes.subarray(4 * i, 4 * i + 4);
    return [top!, left!, bottom!, right!];
  });
}

Deno.test("drawViews() crops inside the image, with area and aspect in their ranges", () => {
  for (const [top, left, bottom, right] of boxesOf(drawViews(augmentation, at))) {
    const height = bottom - top, width = Math.abs(right - left);
    assert.ok(Math.min(top, left, right) >= 0 && Math.max(bottom, left, right) <= 1 + 1e-6);
    assert.ok(height * width > 0.2 * 0.99 && height * width <= 1);
    assert.ok(width / height > 0.74 && width / height < 1.35);
  }
});

Deno.test("drawViews() mirrors with the probability of a flip", () => {
  const share = (flip: number) => {
    const boxes = boxesOf(drawViews({ ...augmentation, flip }, at));
    return boxes.filter(([, left, , right]) => left > right).length / boxes.length;
  };
  assert.equal(share(0), 0);
  assert.equal(share(1), 1);
  assert.ok(Math.abs(share(0.5) - 0.5) < 0.05);
});

Deno.test("drawViews() changes no colour without jitter and greyscale", () => {
  const { colours } = drawViews({ ...augmentation, jitter: 0, greyscale: 0 }, at);
  const first = [...colours.subarray(0, COLOUR_NUMBERS)];
  assert.deepEqual(first.map((value) => Math.round(value * 1e6) / 1e6), [
    ...[1, 0, 0],
    ...[0, 1, 0],
    ...[0, 0, 1],
    0,
  ]);
});

Deno.test("drawViews() draws for an image alone, whatever else is in the batch", () => {
  const row = (views: { colours: Float32Array }, i: number) =>
    views.colours.slice(COLOUR_NUMBERS * i, COLOUR_NUMBERS * (i + 1));
  const batch = drawViews(augmentation, { ...at, indices: Uint32Array.of(9, 4, 7), views: 2 });
  const alone = drawViews(augmentation, { ...at, indices: Uint32Array.of(4), views: 2 });
  assert.deepEqual(row(batch, 1), row(alone, 0));
  assert.deepEqual(row(batch, 3 + 1), row(alone, 1));
  assert.deepEqual(batch.boxes.slice(4, 8), alone.boxes.slice(0, 4));
});

Deno.test("drawViews() numbers the views of a group on from those before it", () => {
  const some = { ...at, indices: Uint32Array.of(9, 4, 7) };
  const all = drawViews(augmentation, { ...some, views: 5 });
  const later = drawViews(augmentation, { ...some, views: 3, firstView: 2 });
  assert.deepEqual(later.boxes, all.boxes.slice(4 * 2 * 3));
  assert.deepEqual(later.colours, all.colours.slice(COLOUR_NUMBERS * 2 * 3));
});

Deno.test("drawViews() differs between views, epochs and seeds", () => {
  const draw = (change: Partial<typeof at>) =>
    drawViews(augmentation, { ...at, indices: Uint32Array.of(4), ...change }).boxes;
  const [one, two] = boxesOf({ boxes: draw({ views: 2 }) });
  assert.notDeepEqual(one, two);
  assert.notDeepEqual(draw({}), draw({ epoch: 1 }));
  assert.notDeepEqual(draw({}), draw({ seed: 2 }));
});

Deno.test("drawViews() draws a blur for each view, and leaves crops and colours as they are without", () => {
  const large = { ...augmentation, pixels: 224 };
  const [sharp, blurred] = [0, 0.5].map((blur) =>
    drawViews({ ...large, blur }, { ...at, views: 2 })
  );
  assert.equal(sharp!.blurs, undefined);
  assert.equal(blurred!.blurs!.length, 2 * many.length * 23);
  assert.deepEqual(blurred!.boxes, sharp!.boxes);
  assert.deepEqual(blurred!.colours, sharp!.colours);
  const kernels = Array.from(
    { length: 2 * many.length },
    (_, row) => blurred!.blurs!.slice(23 * row, 23 * row + 23),
  );
  const share = kernels.filter((kernel) => kernel[11]! < 1).length / kernels.length;
  assert.ok(Math.abs(share - 0.485) < 0.03, `${share}`);
  assert.equal(mayBlur({ ...large, blur: 0.5 }), true);
});

Deno.test("mayBlur() needs a probability and a view that a kernel of a tenth of its side can blur", () => {
  const of = (pixels: number, blur: number) => mayBlur({ ...augmentation, pixels, blur });
  assert.deepEqual([of(64, 0.5), of(64, 0), of(16, 0.5)], [true, false, false]);
  assert.equal(drawViews({ ...augmentation, pixels: 16, blur: 1 }, at).blurs, undefined);
});
