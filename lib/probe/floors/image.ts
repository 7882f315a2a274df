import type { Floor } from "@/dsl/floor.ts";

/** A square image, `[side, side, 3]`, flat, from 0 to 1. */
export interface Image {
  readonly side: number;
  readonly values: Float64Array;
}

/** Describes an image by so many numbers as `floorLength()` says. */
export type Describe<F extends Floor> = (image: Image, floor: F) => Float32Array;
