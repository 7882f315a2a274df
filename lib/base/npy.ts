/** Types of numbers in NumPy's files, by what NumPy calls them. */
export type NpyType = "<f4" | "<u2";

/**
 * What stands before the numbers in a file of NumPy's format 1.0, whose length is a multiple of 64.
 *
 * @param shape The numbers that follow are of this shape, row by row.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(type: NpyType, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // Ten bytes before it, and a line feed at its end.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = new TextEncoder().encode(`\0NUMPY\x01\0\0\0${text.padEnd(length - 1)}\n`);
  header[0] = 0x93;
  new DataView(header.buffer).setUint16(8, length, true);
  return header;
}
