import type { Floor } from "@/dsl/mod.ts";

/** The side at which a floor looks at images of so many pixels: none is enlarged. */
export function sideSeen({ side }: { readonly side: number }, pixels: number): number {
  return Math.min(side, pixels);
}

/** Cells a side of an image, of which each is whole; what is left over at the right and below is not seen. */
export function cellsOf(side: number, { cell }: { readonly cell: number }): number {
  return Math.floor(side / cell);
}

/**
 * How many numbers a floor makes of an image; none where it has too few pixels.
 *
 * @param pixels Side of the image.
 */
export function floorLength(floor: Floor, pixels: number): number {
  switch (floor.family) {
    case "pixels":
      return 3 * sideSeen(floor, pixels) ** 2;
    case "colours":
      return floor.bins ** 3;
    case "gradients": {
      const { block, bins } = floor;
      const blocks = Math.max(0, cellsOf(sideSeen(floor, pixels), floor) - block + 1);
      return (blocks * block) ** 2 * bins;
    }
  }
}
