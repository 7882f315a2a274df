/** Writes the bytes of an array of numbers, in this machine's order, which is little-endian on all that Deno runs on. */
export async function writeArray(
  path: string,
  array: Uint8Array | Uint16Array | Uint32Array | Float32Array,
): Promise<void> {
  await Deno.writeFile(path, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/** Reads unsigned 32-bit integers that {@linkcode writeArray} wrote. */
export async function readWords(path: string): Promise<Uint32Array> {
  return new Uint32Array((await Deno.readFile(path)).buffer);
}

/** Reads unsigned 16-bit integers that {@linkcode writeArray} wrote. */
export async function readHalfwords(path: string): Promise<Uint16Array> {
  return new Uint16Array((await Deno.readFile(path)).buffer);
}

/** Reads 32-bit floating point numbers that {@linkcode writeArray} wrote. */
export async function readFloats(path: string): Promise<Float32Array> {
  return new Float32Array((await Deno.readFile(path)).buffer);
}
