import type { Corruption } from "@/dsl/mod.ts";
import type {
  CorruptionKind,
  CorruptionOf,
  CorruptOptions,
} from "@/lib/data/corruptions/corruption.ts";
import { corruptions } from "@/lib/data/corruptions/mod.ts";

/**
 * A corrupted copy of an image (paper, Fig 4), of the same size.
 *
 * @param pixels RGB of 0 to 255, `[px, px, 3]`.
 */
export async function corruptImage(
  pixels: Uint8Array,
  corruption: Corruption,
  options: CorruptOptions,
): Promise<Uint8Array> {
  const { kind } = corruption;
  return kind === "clean"
    ? new Uint8Array(pixels)
    : await corruptBy(kind, corruption, { pixels, options });
}

async function corruptBy<K extends CorruptionKind>(
  kind: K,
  corruption: CorruptionOf<K>,
  { pixels, options }: { readonly pixels: Uint8Array; readonly options: CorruptOptions },
): Promise<Uint8Array> {
  const corrupt = await corruptions[kind]();
  return await corrupt(pixels, corruption, options);
}
