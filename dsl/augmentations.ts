import type { Augmentation, ViewGroup } from "@/dsl/training.ts";

/** SimCLR's recipe for small images: jitter strength 0.5, no blur (Chen et al. 2020, appendix B.9). */
export const smallViews: Augmentation = {
  pixels: 24,
  cropArea: [0.2, 1],
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

/** SimCLR's recipe for ImageNet: jitter strength 1, blur. */
export const largeViews: Augmentation = {
  ...smallViews,
  pixels: 224,
  cropArea: [0.08, 1],
  brightness: 0.8,
  contrast: 0.8,
  saturation: 0.8,
  hue: 0.2,
  blur: 0.5,
};

/** MoCo v2's recipe: larger crops and a weaker jitter than SimCLR's. */
export const largeMocoViews: Augmentation = {
  ...largeViews,
  cropArea: [0.2, 1],
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  hue: 0.1,
};

/** BYOL's recipe, but both views are drawn alike and none is solarised (its authors blur one view always, the other seldom). */
export const largeByolViews: Augmentation = {
  ...largeMocoViews,
  cropArea: [0.08, 1],
  saturation: 0.2,
};

/** Crop and flip only: the usual augmentation of supervised training. */
export const labelledViews: Augmentation = {
  ...smallViews,
  jitter: 0,
  greyscale: 0,
  cropArea: [0.3, 1],
};

/** One view of each image. */
export function oneView(augmentation: Augmentation): readonly [ViewGroup<1>] {
  return [{ count: 1, augmentation }];
}

/** Two views of each image, made alike. */
export function twoViews(augmentation: Augmentation): readonly [ViewGroup<2>] {
  return [{ count: 2, augmentation }];
}
