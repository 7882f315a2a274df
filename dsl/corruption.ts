import { freeze } from "@/dsl/freeze.ts";

/** What is done to pretraining images before training (paper, Fig 4); probes always see clean images. */
export type Corruption =
  | { readonly kind: "clean" }
  | { readonly kind: "downsample"; readonly factor: 2 | 4 }
  | { readonly kind: "resize"; readonly shorterSide: number }
  | { readonly kind: "jpeg"; readonly quality: number }
  | { readonly kind: "salt-and-pepper"; readonly probability: number };

/** Images as they are. */
export function clean(): Corruption {
  return freeze({ kind: "clean" });
}

/** Made smaller by a factor and enlarged again: "Resize & Downsample (2x)", "(4x)". */
export function downsample(factor: 2 | 4): Corruption {
  return freeze({ kind: "downsample", factor });
}

/** Made smaller to a given shorter side in pixels: "Resize"; the paper's value is not known. */
export function resize(shorterSide: number): Corruption {
  if (!Number.isInteger(shorterSide) || shorterSide < 1) {
    throw new RangeError(
      `Cannot resize: shorter side must be a positive integer: current value is ${shorterSide}`,
    );
  }
  return freeze({ kind: "resize", shorterSide });
}

/** Saved as JPEG at a quality of 1 to 100; the paper's value is not known. */
export function jpeg(quality: number): Corruption {
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new RangeError(
      `Cannot save as JPEG: quality must be an integer of 1 to 100: current value is ${quality}`,
    );
  }
  return freeze({ kind: "jpeg", quality });
}

/** Each pixel becomes black or white with a probability; the paper has 0.01. */
export function saltAndPepper(probability = 0.01): Corruption {
  if (!(probability > 0 && probability <= 1)) {
    throw new RangeError(
      `Cannot add salt and pepper: probability must be in (0, 1]: current value is ${probability}`,
    );
  }
  return freeze({ kind: "salt-and-pepper", probability });
}
