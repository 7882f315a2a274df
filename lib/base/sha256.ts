import { createHash } from "node:crypto";

/** The SHA-256 of a text (as UTF-8) or of bytes, in 64 hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * The SHA-256 of a file's bytes, read in pieces so that its size does not matter.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  // Most files are small, and there may be a hundred thousand: a buffer costs what it is long.
  const piece = new Uint8Array(Math.max(1, Math.min((await file.stat()).size, 1 << 20)));
  for (;;) {
    const read = await file.read(piece);
    if (read === null) return hash.digest("hex");
    hash.update(piece.subarray(0, read));
  }
}
