import type { Corrupt } from "@/lib/data/corruptions/corruption.ts";
import { throughSide } from "@/lib/data/corruptions/through_side.ts";

/** Shrunk to a part of its side and enlarged again. */
export const resize: Corrupt<"resize"> = (pixels, { side }, { px }) =>
  throughSide(pixels, { px, side: px * side });
