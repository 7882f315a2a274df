import { philox } from "@/lib/base/philox.ts";

/** A stream of random numbers that is a function of its address alone: no global state, no order between streams. */
export interface Random {
  /** A number in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** A number in [low, high). */
  between(low: number, high: number): number;
  /** An integer in [0, n). */
  integer(n: number): number;
  /** A standard normal number (Box and Muller). */
  normal(): number;
}

/**
 * The stream at an address.
 *
 * @param seed The experiment's seed, an integer.
 * @param purpose What the numbers are for ("augment", "order", …), so that two uses never share numbers.
 * @param at Up to three integers: epoch, image index, view, or whatever tells one stream from the next.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomAt } from "@/lib/base/random.ts";
 *
 * const again = randomAt(1, "augment", 0, 17);
 * assert.equal(randomAt(1, "augment", 0, 17).uniform(), again.uniform());
 * assert.notEqual(randomAt(1, "augment", 0, 18).uniform(), randomAt(1, "augment", 0, 17).uniform());
 * ```
 */
export function randomAt(seed: number, purpose: string, ...at: readonly number[]): Random {
  const key = [seed >>> 0, purposeWord(purpose)] as const;
  const [c1 = 0, c2 = 0, c3 = 0] = at;
  const words = new Uint32Array(4);
  let block = 0, used = 4;
  const uniform = (): number => {
    if (used === 4) {
      philox(key, [block++, c1 >>> 0, c2 >>> 0, c3 >>> 0], words);
      used = 0;
    }
    return words[used++]! / 4294967296;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (n) => Math.floor(uniform() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** A uniformly random order of 0 … n-1 (Fisher and Yates). */
export function permutation(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

const purposeWords = new Map<string, number>();

/** The 32-bit FNV-1a hash of a purpose's name. */
function purposeWord(purpose: string): number {
  const known = purposeWords.get(purpose);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) {
    hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193) >>> 0;
  }
  purposeWords.set(purpose, hash);
  return hash;
}
