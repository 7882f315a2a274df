import { InputError } from "@/lib/base/errors.ts";

/** The images of a data set, and which of them to train on. */
export interface TrainingImages {
  /** uint8 `[all images, pixels, pixels, 3]`, flat. */
  readonly images: Uint8Array;
  readonly pixels: number;
  /** The class of each of all images; for a method that needs labels. */
  readonly labels?: Uint16Array;
  readonly classes?: number;
  /** The numbers of the images to train on. */
  readonly subset: Uint32Array;
}

/**
 * The subset's images one after another, `[subset, pixels, pixels, 3]`, flat.
 *
 * @throws {InputError} If the subset is empty.
 * @throws {RangeError} If it names an image that is not there.
 */
export function packSubset({ images, pixels, subset }: TrainingImages): Uint8Array {
  if (subset.length === 0) {
    throw new InputError("subset", "it has no image", "Give the training at least one image");
  }
  const size = pixels * pixels * 3;
  const packed = new Uint8Array(subset.length * size);
  subset.forEach((image, row) => {
    if ((image + 1) * size > images.length) {
      throw new RangeError(`Cannot train on image ${image}: there are ${images.length / size}`);
    }
    packed.set(images.subarray(image * size, (image + 1) * size), row * size);
  });
  return packed;
}

/** The subset's labels, int32 `[subset]`; undefined where there are none. */
export function subsetLabels({ labels, subset }: TrainingImages): Int32Array | undefined {
  return labels && Int32Array.from(subset, (image) => labels[image]!);
}
