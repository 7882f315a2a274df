import type { Augmentation } from "@/dsl/training.ts";
import { type Random, randomAt } from "@/lib/base/random.ts";
import { blurLength, drawBlur } from "@/lib/train/blur_kernel.ts";
import { colourMap } from "@/lib/train/colour_map.ts";

/** The drawn parameters of a batch of views; row v * images + i is view v of image i. */
export interface Views {
  /** `[views, 4]`: top, left, bottom, right of the crop in shares of the image; left > right mirrors it. */
  readonly boxes: Float32Array;
  /** `[views, 10]`: the colour map of each view, as {@linkcode colourMap} gives it. */
  readonly colours: Float32Array;
  /** `[views, length]`: the blur kernel of each view, as {@linkcode drawBlur} gives it; where views are blurred at all. */
  readonly blurs?: Float32Array;
}

/** Numbers of a colour map. */
export const COLOUR_NUMBERS = 10;

/**
 * Draws how the views of some images are made (Chen et al. 2020, appendix A).
 *
 * Each view has its own stream of random numbers, told by (seed, epoch, image, view), so that it depends neither on the
 * batch nor on the order of the images.
 *
 * @param at `indices`: the images' numbers in their data set; `views`: how many views each has; `firstView`: the number of the
 *   first of them among all views of an image, 0 by default.
 */
export function drawViews(
  augmentation: Augmentation,
  at: {
    readonly seed: number;
    readonly epoch: number;
    readonly indices: Uint32Array;
    readonly views: number;
    readonly firstView?: number;
  },
): Views {
  const { firstView = 0 } = at;
  const images = at.indices.length;
  const boxes = new Float32Array(at.views * images * 4);
  const colours = new Float32Array(at.views * images * COLOUR_NUMBERS);
  const length = blurLength(augmentation.pixels), probability = augmentation.blur;
  const blurs = mayBlur(augmentation) ? new Float32Array(at.views * images * length) : undefined;
  for (let view = 0; view < at.views; view++) {
    for (let i = 0; i < images; i++) {
      const row = view * images + i;
      const random = randomAt(at.seed, "augment", at.epoch, at.indices[i]!, firstView + view);
      boxes.set(drawBox(augmentation, random), 4 * row);
      colours.set(drawColour(augmentation, random), COLOUR_NUMBERS * row);
      // Last, so that crops and colours are those of the same views without blur.
      blurs?.set(drawBlur(random, { probability, length }), length * row);
    }
  }
  return { boxes, colours, ...blurs === undefined ? {} : { blurs } };
}

/** Whether any view is blurred: with this probability, and at this size. */
export function mayBlur(augmentation: Pick<Augmentation, "pixels" | "blur">): boolean {
  return augmentation.blur > 0 && blurLength(augmentation.pixels) > 1;
}

/** A crop of random area and aspect at a random place, mirrored or not. */
function drawBox(augmentation: Augmentation, random: Random): [number, number, number, number] {
  const [height, width] = drawSize(augmentation, random);
  const top = random.uniform() * (1 - height);
  const left = random.uniform() * (1 - width);
  const mirrored = random.uniform() < augmentation.flip;
  const right = left + width;
  return mirrored ? [top, right, top + height, left] : [top, left, top + height, right];
}

/** Height and width of a crop that fits in the image; after ten misses the last one, cut to fit. */
function drawSize(augmentation: Augmentation, random: Random): [number, number] {
  const { cropArea, cropAspect } = augmentation;
  let height = 1, width = 1;
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = random.between(cropArea[0], cropArea[1]);
    const aspect = Math.exp(random.between(Math.log(cropAspect[0]), Math.log(cropAspect[1])));
    height = Math.sqrt(area / aspect);
    width = Math.sqrt(area * aspect);
    if (height <= 1 && width <= 1) break;
  }
  return [Math.min(height, 1), Math.min(width, 1)];
}

function drawColour(augmentation: Augmentation, random: Random): Float32Array {
  const factor = (strength: number) => random.between(Math.max(0, 1 - strength), 1 + strength);
  const jittered = random.uniform() < augmentation.jitter;
  const drawn = {
    brightness: factor(augmentation.brightness),
    contrast: factor(augmentation.contrast),
    saturation: factor(augmentation.saturation),
    hue: random.between(-augmentation.hue, augmentation.hue),
  };
  const grey = random.uniform() < augmentation.greyscale;
  const still = { brightness: 1, contrast: 1, saturation: 1, hue: 0 };
  return colourMap({ ...(jittered ? drawn : still), grey });
}
