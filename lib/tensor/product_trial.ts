import { InputError, messageOf } from "@/lib/base/errors.ts";

/** The matrices that are multiplied have so many rows and columns. */
export const SIDE = 64;

/** What a trial's product is, row by row, and by what it was computed, in words. */
export interface TriedProduct {
  readonly product: Float32Array;
  readonly by: string;
}

/**
 * The main part of a program that tries a library: has it multiply two 64 x 64 matrices of small whole numbers, compares with
 * the same in JavaScript, and writes what was done to standard output, or what went wrong to standard error.
 *
 * @param multiply Multiplies two square matrices, given row by row.
 */
export async function tryProduct(
  multiply: (a: Float32Array, b: Float32Array) => Promise<TriedProduct>,
): Promise<void> {
  const write = (to: typeof Deno.stdout, text: string) => to.write(new TextEncoder().encode(text));
  try {
    await write(Deno.stdout, await checkProduct(multiply));
  } catch (error) {
    // What was met, without the words that whoever tries the library puts around it.
    const cause = error instanceof InputError ? error.cause ?? error.problem : error;
    await write(Deno.stderr, messageOf(cause));
    Deno.exitCode = 1;
  }
}

async function checkProduct(multiply: Parameters<typeof tryProduct>[0]): Promise<string> {
  const a = Float32Array.from({ length: SIDE * SIDE }, (_, i) => i % 7 - 3);
  const b = Float32Array.from({ length: SIDE * SIDE }, (_, i) => i % 5 - 2);
  const { product, by } = await multiply(a, b);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      let expected = 0;
      for (let k = 0; k < SIDE; k++) expected += a[row * SIDE + k]! * b[k * SIDE + column]!;
      const actual = product[row * SIDE + column];
      if (actual !== expected) {
        throw new Error(`Element (${row}, ${column}) is ${actual} instead of ${expected}`);
      }
    }
  }
  return `run by ${by}, right in every element`;
}
