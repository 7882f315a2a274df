/**
 * The lines of a text file, read in pieces; what follows the last end of line is a line too, unless it is empty.
 *
 * @param onBytes Told of the file's bytes as they are read.
 */
export async function* linesOf(
  path: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  using file = await Deno.open(path);
  const piece = new Uint8Array(1 << 20);
  for (;;) {
    const read = await file.read(piece);
    if (read === null) break;
    const bytes = piece.subarray(0, read);
    onBytes(bytes);
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}
