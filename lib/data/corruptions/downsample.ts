import type { Corrupt } from "@/lib/data/corruptions/corruption.ts";
import { throughSide } from "@/lib/data/corruptions/through_side.ts";

/** Shrunk by a factor and enlarged again. */
export const downsample: Corrupt<"downsample"> = (pixels, { factor }, { px }) =>
  throughSide(pixels, { px, side: px / factor });
