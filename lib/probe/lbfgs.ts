/** A smooth function at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** When to stop, and how much to remember. */
export interface LbfgsOptions {
  /** The criterion of convergence. */
  readonly converged: (at: Evaluation) => boolean;
  /** A guess of the Hessian's diagonal, but for a factor; every element is above 0. By default all are 1. */
  readonly hessian?: Float64Array;
  /** Default: 5000. */
  readonly maxIterations?: number;
  /** Pairs of steps and gradient changes kept. Default: 10. */
  readonly memory?: number;
}

/** Where a minimisation ended. */
export interface Minimum extends Evaluation {
  readonly point: Float64Array;
  readonly iterations: number;
  /** Whether the criterion was met; false if the iterations ran out, or rounding left nowhere to go. */
  readonly converged: boolean;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step . change). */
  readonly rho: number;
  /** What fits the guessed Hessian to the step in length. */
  readonly scale: number;
}

/** How much the value may be wrong by rounding, as a share of the value or of 1, whichever is larger. */
const ROUNDING = 1e-6;

/**
 * Minimises a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5).
 *
 * A line search by bracketing and bisection gives each step a sufficient decrease and a flatter slope (the weak Wolfe
 * conditions). Where the decrease drowns in the rounding of the value, the slope decides instead (the approximate Wolfe
 * conditions of Hager and Zhang 2005, section 4), so that the gradient can become smaller than the value shows.
 */
export async function minimise(
  evaluate: (point: Float64Array) => Promise<Evaluation>,
  start: Float64Array,
  options: LbfgsOptions,
): Promise<Minimum> {
  const { converged, hessian, maxIterations = 5000, memory = 10 } = options;
  let point = start, at = await evaluate(start), iterations = 0;
  let pairs: Pair[] = [];
  while (!converged(at) && iterations < maxIterations) {
    const direction = descent(at.gradient, pairs, hessian);
    // Without a notion of the Hessian, the first step's length is a guess.
    const guessed = pairs.length === 0 && hessian === undefined;
    const firstLength = guessed ? 1 / Math.max(1, norm(at.gradient)) : 1;
    const found = await search(evaluate, { point, at, direction, firstLength });
    if (found === null) {
      // A direction that leads nowhere may be the memory's fault; the steepest one is the last resort.
      if (pairs.length === 0) break;
      pairs = [];
      continue;
    }
    const step = difference(found.point, point);
    const change = difference(found.at.gradient, at.gradient);
    const curvature = dot(step, change);
    if (curvature > 1e-10 * dot(change, change)) {
      const scale = curvature / dot(change, divided(change, hessian));
      pairs = [...pairs, { step, change, rho: 1 / curvature, scale }].slice(-memory);
    }
    ({ point, at } = found);
    iterations++;
  }
  return { point, ...at, iterations, converged: converged(at) };
}

/** The quasi-Newton direction by the two-loop recursion. */
function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  hessian: Float64Array | undefined,
): Float64Array {
  let direction: Float64Array = gradient.map((value) => -value);
  const weights: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, rho } = pairs[i]!;
    weights[i] = rho * dot(step, direction);
    addScaled(direction, change, -weights[i]!);
  }
  const scale = pairs.at(-1)?.scale ?? 1;
  direction = divided(direction, hessian).map((value) => scale * value);
  pairs.forEach(({ step, change, rho }, i) => {
    addScaled(direction, step, weights[i]! - rho * dot(change, direction));
  });
  return direction;
}

interface Found {
  readonly point: Float64Array;
  readonly at: Evaluation;
}

/** A step along a direction that meets one pair of Wolfe conditions, or null if 30 tries find none. */
async function search(
  evaluate: (point: Float64Array) => Promise<Evaluation>,
  from: Found & { readonly direction: Float64Array; readonly firstLength: number },
): Promise<Found | null> {
  const { point, at, direction } = from;
  const slope = dot(at.gradient, direction);
  let length = from.firstLength, low = 0, high = Infinity;
  for (let attempt = 0; attempt < 30; attempt++) {
    const next = point.slice();
    addScaled(next, direction, length);
    const there = await evaluate(next);
    const slopeThere = dot(there.gradient, direction);
    const decreases = there.value <= at.value + 1e-4 * length * slope;
    const level = there.value <= at.value + ROUNDING * Math.max(1, Math.abs(at.value));
    if (!decreases && !(level && slopeThere <= -0.8 * slope)) high = length;
    else if (slopeThere < 0.9 * slope) low = length;
    else return { point: next, at: there };
    length = high === Infinity ? 2 * low : (low + high) / 2;
  }
  return null;
}

/** A vector divided by a diagonal. */
function divided(vector: Float64Array, diagonal: Float64Array | undefined): Float64Array {
  return diagonal === undefined ? vector : vector.map((value, i) => value / diagonal[i]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function addScaled(to: Float64Array, what: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * what[i]!;
}
