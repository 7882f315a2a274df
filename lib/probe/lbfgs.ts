/** A smooth function at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** When to stop, and how much to remember. */
export interface LbfgsOptions {
  /** Converged when no component of the gradient is larger than this. Default: 1e-4. */
  readonly gradientTolerance?: number;
  /** Converged when five iterations in a row each lower the value by less than this share of it. Default: 1e-7. */
  readonly decreaseTolerance?: number;
  /** Default: 1000. */
  readonly maxIterations?: number;
  /** Pairs of steps and gradient changes kept. Default: 10. */
  readonly memory?: number;
}

/** Where a minimisation ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether one of the two tolerances was met; false if the iterations ran out. */
  readonly converged: boolean;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step . change). */
  readonly rho: number;
}

const SLOW_ITERATIONS = 5;

/**
 * Minimises a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5).
 *
 * A line search by bracketing and bisection gives each step a sufficient decrease and a flatter slope (the weak Wolfe
 * conditions); where rounding in the function leaves no such step, the search has come as far as it can, and that counts
 * as an iteration without decrease.
 */
export async function minimise(
  evaluate: (point: Float64Array) => Promise<Evaluation>,
  start: Float64Array,
  options: LbfgsOptions = {},
): Promise<Minimum> {
  const {
    gradientTolerance = 1e-4,
    decreaseTolerance = 1e-7,
    maxIterations = 1000,
    memory = 10,
  } = options;
  let point = start, at = await evaluate(start), slow = 0;
  let pairs: Pair[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (largest(at.gradient) <= gradientTolerance) {
      return { point, value: at.value, iterations: iteration, converged: true };
    }
    const direction = descent(at.gradient, pairs);
    const firstLength = pairs.length === 0 ? 1 / Math.max(1, norm(at.gradient)) : 1;
    const found = await search(evaluate, { point, at, direction, firstLength });
    const decrease = at.value - found.at.value;
    slow = decrease <= decreaseTolerance * Math.abs(at.value) ? slow + 1 : 0;
    const step = difference(found.point, point);
    const change = difference(found.at.gradient, at.gradient);
    const curvature = dot(step, change);
    if (curvature > 1e-10 * dot(change, change)) {
      pairs = [...pairs, { step, change, rho: 1 / curvature }].slice(-memory);
    } else {
      pairs = [];
    }
    ({ point, at } = found);
    if (slow >= SLOW_ITERATIONS) {
      return { point, value: at.value, iterations: iteration + 1, converged: true };
    }
  }
  return { point, value: at.value, iterations: maxIterations, converged: false };
}

/** The quasi-Newton direction by the two-loop recursion. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const weights: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, rho } = pairs[i]!;
    weights[i] = rho * dot(step, direction);
    addScaled(direction, change, -weights[i]!);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  pairs.forEach(({ step, change, rho }, i) => {
    addScaled(direction, step, weights[i]! - rho * dot(change, direction));
  });
  return direction;
}

interface Found {
  readonly point: Float64Array;
  readonly at: Evaluation;
}

/** A step along a direction that meets the weak Wolfe conditions, or the lowest point met within 30 tries. */
async function search(
  evaluate: (point: Float64Array) => Promise<Evaluation>,
  from: Found & { readonly direction: Float64Array; readonly firstLength: number },
): Promise<Found> {
  const { point, at, direction } = from;
  const slope = dot(at.gradient, direction);
  let length = from.firstLength, low = 0, high = Infinity;
  let best: Found = { point, at };
  for (let attempt = 0; attempt < 30; attempt++) {
    const next = point.slice();
    addScaled(next, direction, length);
    const there = await evaluate(next);
    if (there.value < best.at.value) best = { point: next, at: there };
    if (!(there.value <= at.value + 1e-4 * length * slope)) high = length;
    else if (dot(there.gradient, direction) < 0.9 * slope) low = length;
    else return { point: next, at: there };
    length = high === Infinity ? 2 * low : (low + high) / 2;
  }
  return best;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function largest(a: Float64Array): number {
  let most = 0;
  for (const value of a) most = Math.max(most, Math.abs(value));
  return most;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function addScaled(to: Float64Array, what: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * what[i]!;
}
