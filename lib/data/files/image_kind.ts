/** The kinds of images that are known by their first bytes; not all of them are read. */
export type ImageKind =
  | "JPEG"
  | "PNG"
  | "WebP"
  | "GIF"
  | "TIFF"
  | "AVIF"
  | "HEIC"
  | "JPEG XL"
  | "JPEG 2000"
  | "BMP";

const beginnings: readonly (readonly [string | RegExp, ImageKind])[] = [
  ["\xff\xd8", "JPEG"],
  ["\x89PNG", "PNG"],
  [/^RIFF....WEBP/s, "WebP"],
  [/^GIF8[79]a/, "GIF"],
  // In either order of bytes, up to 4 GB or of any size.
  ["II*\0", "TIFF"],
  ["MM\0*", "TIFF"],
  ["II+\0", "TIFF"],
  ["MM\0+", "TIFF"],
  [/^....ftyp(.{4})*?avi[fs]/s, "AVIF"],
  [/^....ftyp(.{4})*?(hei[cfmsx]|hev[cmsx]|mif1|msf1)/s, "HEIC"],
  ["\xff\x0a", "JPEG XL"],
  [/^....JXL /s, "JPEG XL"],
  [/^....jP {2}/s, "JPEG 2000"],
  ["BM", "BMP"],
];

/** What a file is by its first bytes, whatever its name; undefined if it is none of these. */
export function imageKind(encoded: Uint8Array): ImageKind | undefined {
  // The brands of an ISO file, which tell AVIF from HEIC, stand in its first box.
  const isBoxed = encoded[4] === 0x66 && encoded[5] === 0x74;
  const length = isBoxed
    ? Math.min(new DataView(encoded.buffer, encoded.byteOffset).getUint32(0), 256)
    : 64;
  const beginning = String.fromCharCode(...encoded.subarray(0, length));
  return beginnings.find(([known]) =>
    typeof known === "string" ? beginning.startsWith(known) : known.test(beginning)
  )?.[1];
}

/** Numbers of TIFF 6.0's tags. */
export const tiffTags = {
  /** What a pixel's number means: 0 and 1 greys (with white or black at 0), 2 RGB, 3 a place in a palette. */
  photometric: 262,
  /** The first channel beyond the colours: 0 unspecified, 1 and 2 transparency. */
  extraSample: 338,
} as const;

/** The first short number of a TIFF's tag; undefined where the tag is not there. */
export function tiffNumber(encoded: Uint8Array, tag: number): number | undefined {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const isBig = view.getUint16(2, little) === 43;
  const number = (at: number) =>
    isBig ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
  const directory = number(isBig ? 8 : 4);
  const [countSize, entrySize] = isBig ? [8, 20] : [2, 12];
  const entries = isBig ? number(directory) : view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + countSize + i * entrySize;
    if (view.getUint16(entry, little) !== tag) continue;
    // Up to two (four) numbers stand in the entry itself, more elsewhere.
    const isInside = number(entry + 4) <= (isBig ? 4 : 2);
    const value = entry + (isBig ? 12 : 8);
    return view.getUint16(isInside ? value : number(value), little);
  }
  return undefined;
}
