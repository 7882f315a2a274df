/**
 * What a file is by its first bytes, whatever its name, where that is neither an image nor a tar; undefined if it is none of
 * these.
 */
export function foreignContent(bytes: Uint8Array): string | undefined {
  const beginning = String.fromCharCode(...bytes.subarray(0, longest));
  return contents.find(([known]) =>
    typeof known === "string" ? beginning.startsWith(known) : known.test(beginning)
  )?.[1];
}

const contents: readonly (readonly [beginning: string | RegExp, name: string])[] = [
  ["\x1f\x8b", "compressed by gzip"],
  ["PK\x03\x04", "a zip archive"],
  ["7z", "a 7-Zip archive"],
  ["BZh", "compressed by bzip2"],
  ["\xfd7zX", "compressed by xz"],
  ["(\xb5/\xfd", "compressed by Zstandard"],
  ["PAR1", "Parquet"],
  ["version https://git-lfs.", "a pointer of Git LFS (git lfs pull fetches the file)"],
  [/^\s*<\?xml/, "XML"],
  [/^\s*<(!|html)/i, "a web page"],
];

const longest = 64;
