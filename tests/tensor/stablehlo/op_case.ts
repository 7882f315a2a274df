import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { compile, loadBackend, type Precision, toBfloat16, toFloat32 } from "@/lib/tensor/mod.ts";

await loadBackend({ device: "xla-cpu" });

/** Draws what a case is tried on; lengths grow from try to try, so that the first that fails is a small one. */
export interface Draw {
  /** From `least`, 1 by default, to a few more. */
  length(least?: number): number;
  /** An integer from `low` to `high`, both among them. */
  integer(low: number, high: number): number;
  among<T>(choices: readonly T[]): T;
  /** float32, standard normal. */
  normal<T extends tf.Tensor = tf.Tensor>(shape: readonly number[]): T;
  /** int32 from 0 to before n. */
  integers<T extends tf.Tensor = tf.Tensor>(shape: readonly number[], n: number): T;
}

/** One try of a case. */
export interface Try {
  readonly inputs: readonly tf.Tensor[];
  /** What was drawn beside the inputs, for the message. */
  readonly drawn?: Readonly<Record<string, unknown>>;
  /** Places of float inputs that stay float32 where the others are bfloat16. */
  readonly wide?: readonly number[];
  /** Pure tfjs; takes the inputs. */
  // deno-lint-ignore no-explicit-any
  run(...inputs: any[]): tf.Tensor | readonly tf.Tensor[];
}

/** How a case is tried. */
export interface CaseOptions {
  /** Whether the gradients of all float inputs are compared too. */
  readonly gradients?: boolean;
  /** Of the float inputs; float32 by default. */
  readonly precisions?: readonly Precision[];
  /** The largest difference allowed in float32, in parts of an output's largest value: 1e-5 by default. */
  readonly tolerance?: number;
}

const TRIES = 3;

// bfloat16 has 8 bits of significand; results are sums in another order, and gradients pass two roundings.
const NARROW_TOLERANCE = 2e-2;

/** A case of one precision, as it can be run anywhere. */
export interface OpCase {
  readonly name: string;
  readonly tolerance: number;
  /** Each draws its inputs, for the caller to dispose, and gives what is computed of them. */
  readonly tries: readonly (() => PreparedTry)[];
}

/** Tensor code and what it is tried on. */
export interface PreparedTry {
  readonly program: Run;
  readonly inputs: readonly tf.Tensor[];
  /** What was drawn, for a message. */
  readonly said: string;
}

const declared: OpCase[] = [];

/** The cases of all files that are loaded. */
export const opCases: readonly OpCase[] = declared;

/**
 * A test that tfjs code gives by its StableHLO program on XLA's CPU plugin what TensorFlow gives at once: values, and
 * gradients of a random weighing of them, on several draws of shapes and values.
 */
export function testOp(name: string, draw: (draw: Draw) => Try, options: CaseOptions = {}): void {
  const { gradients = false, precisions = ["float32"], tolerance = 1e-5 } = options;
  for (const precision of precisions) {
    const op: OpCase = {
      name: `${name} as TensorFlow's${precision === "float32" ? "" : `, in ${precision}`}`,
      tolerance: precision === "float32" ? tolerance : NARROW_TOLERANCE,
      tries: Array.from({ length: TRIES }, (_, i) => () => {
        const trial = draw(drawing(name, i));
        const said = `try ${i}${trial.drawn ? ` (${JSON.stringify(trial.drawn)})` : ""}`;
        return prepare(trial, { said, gradients, precision });
      }),
    };
    declared.push(op);
    Deno.test(op.name, async () => {
      for (const prepared of op.tries) await compareWays(prepared(), op.tolerance);
    });
  }
}

function drawing(name: string, i: number): Draw {
  const random = randomAt(i, name);
  const integer = (low: number, high: number) => low + random.integer(high - low + 1);
  const values = (shape: readonly number[], value: () => number) =>
    Array.from({ length: shape.reduce((product, length) => product * length, 1) }, value);
  return {
    integer,
    length: (least = 1) => integer(least, least + 1 + 2 * i),
    among: (choices) => choices[random.integer(choices.length)]!,
    normal: <T extends tf.Tensor>(shape: readonly number[]) =>
      tf.tensor(values(shape, random.normal), [...shape], "float32") as T,
    integers: <T extends tf.Tensor>(shape: readonly number[], n: number) =>
      tf.tensor(values(shape, () => random.integer(n)), [...shape], "int32") as T,
  };
}

/** The code of a try with, where they are wanted, its gradients. */
function prepare(
  trial: Try,
  { said, gradients, precision }: {
    readonly said: string;
    readonly gradients: boolean;
    readonly precision: Precision;
  },
): PreparedTry {
  const { inputs } = trial;
  const run = inPrecision(trial, precision);
  if (!gradients) return { said, inputs, program: run };
  const weights = tf.tidy(() =>
    run(inputs).map(({ shape }, i) => drawing("weights", i).normal(shape))
  );
  return {
    said,
    inputs: [...inputs, ...weights],
    program: (given) =>
      withGradients(run, given.slice(0, inputs.length), given.slice(inputs.length)),
  };
}

async function compareWays(
  { program, inputs, said }: PreparedTry,
  tolerance: number,
): Promise<void> {
  const compiled = compile(program);
  const expected = tf.tidy(() => program(inputs));
  const actual = await compiled(inputs);
  try {
    assert.equal(actual.length, expected.length);
    actual.forEach((tensor, i) => {
      const problem = difference(tensor, expected[i]!, tolerance);
      const shapes = inputs.map(({ shape }) => `[${shape}]`).join(", ");
      const what = `${i + 1} of ${actual.length} (values, then gradients)`;
      assert.ok(problem === undefined, `${said} on ${shapes}: output ${what} ${problem}`);
    });
  } finally {
    compiled.dispose();
    tf.dispose([...inputs, ...expected, ...actual]);
  }
}

type Run = (inputs: readonly tf.Tensor[]) => tf.Tensor[];

/** The code of a try on bfloat16, if that is asked for; what it takes and gives is float32 all the same. */
function inPrecision({ run, wide = [] }: Try, precision: Precision): Run {
  if (precision === "float32") return (inputs) => [run(...inputs)].flat();
  return (inputs) => {
    const narrow = inputs.map((x, i) => isFloat(x) && !wide.includes(i) ? toBfloat16(x) : x);
    return [run(...narrow)].flat().map((y) => isFloat(y) ? toFloat32(y) : y);
  };
}

/** The outputs, and the gradients of all float inputs. */
function withGradients(
  run: Run,
  inputs: readonly tf.Tensor[],
  weights: readonly tf.Tensor[],
): tf.Tensor[] {
  const floats = inputs.flatMap((input, i) => isFloat(input) ? [i] : []);
  const gradients = tf.grads((...values) => {
    const given = inputs.map((input, i) => floats.includes(i) ? values[floats.indexOf(i)]! : input);
    const weighed = run(given).flatMap((y, i) =>
      isFloat(y) ? [tf.sum(tf.mul(y, weights[i]!))] : []
    );
    return tf.addN(weighed) as tf.Scalar;
  });
  return [...run(inputs), ...gradients(floats.map((i) => inputs[i]!))];
}

/** How two results differ by more than is allowed, or undefined where they do not. */
function difference(
  actual: tf.Tensor,
  expected: tf.Tensor,
  tolerance: number,
): string | undefined {
  const types = [actual, expected].map(({ dtype, shape }) => `${dtype} [${shape}]`);
  if (types[0] !== types[1]) return `is ${types[0]}, not ${types[1]}`;
  const a = actual.dataSync(), b = expected.dataSync();
  let largest = 0, most = 0, where = 0;
  b.forEach((value, i) => {
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    const apart = Object.is(a[i], value) ? 0 : Math.abs(a[i]! - value);
    if (!(apart <= most)) [most, where] = [Number.isNaN(apart) ? Infinity : apart, i];
  });
  if (most <= (isFloat(expected) ? tolerance * largest : 0)) return undefined;
  return `[${expected.shape}] differs most at ${where}: ${a[where]}, not ${b[where]}, ` +
    `where its largest value is ${largest}`;
}

function isFloat({ dtype }: tf.Tensor): boolean {
  return dtype === "float32";
}
