import type { Corrupt } from "@/lib/data/corruptions/corruption.ts";
import { throughSide } from "@/lib/data/corruptions/through_side.ts";

/** Shrunk to a share of its side and enlarged again. */
export const resize: Corrupt<"resize"> = (pixels, { share }, { px }) =>
  throughSide(pixels, { px, side: px * share });
