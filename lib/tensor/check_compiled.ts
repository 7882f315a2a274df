import * as tf from "@tensorflow/tfjs";
import { currentBackend } from "@/lib/tensor/node_backend.ts";
import { runEagerly } from "@/lib/tensor/portable/run_eagerly.ts";
import type { TensorFunction } from "@/lib/tensor/tensor_function.ts";
import type { Traced } from "@/lib/tensor/traced.ts";
import { withVariablesRestored } from "@/lib/tensor/variables.ts";

let checking = false;

/**
 * From now on (or no longer) every function that `compile()` traces is run once more, operation by operation, on the
 * inputs of its first call, by TensorFlow, and its results are compared. For a whole process; on other backends nothing is
 * compiled, and it does nothing.
 */
export function checkCompiled(on: boolean): void {
  checking = on;
}

/** Below this, what an output's largest value is counts as rounding around 0. */
const LEAST_MAGNITUDE = 1e-3;

/**
 * Compares a newly traced function with its own code run at once, if that is asked for.
 *
 * @param inputs The first call's; left as they are, variables too.
 * @param call.given The numbers of the same inputs, and of its variables' values.
 * @param call.tolerance The largest difference allowed in a float output, in parts of its largest value.
 * @throws {Error} If they disagree.
 */
export function checkAgainstEager(
  fn: TensorFunction,
  inputs: readonly tf.Tensor[],
  call: {
    readonly name: string;
    readonly traced: Traced;
    readonly given: readonly number[];
    readonly tolerance: number;
  },
): void {
  if (!checking) return;
  const { name, traced, given, tolerance } = call;
  const compiled = traced.callHere(given, { consumed: new Set() })
    .map((output) => currentBackend().createOutputTensor(output));
  const eager = withVariablesRestored(() => [
    ...runEagerly(fn, inputs, name),
    ...traced.assigned.map((variable) => tf.clone(variable)),
  ]);
  try {
    if (compiled.length !== eager.length) {
      throw disagreement(
        name,
        `it returns ${eager.length} tensors, and ${compiled.length} compiled`,
      );
    }
    const functionOutputs = compiled.length - traced.assigned.length;
    compiled.forEach((tensor, i) => {
      const problem = difference(tensor, eager[i]!, tolerance);
      if (problem === undefined) return;
      const what = i < functionOutputs
        ? `output ${i + 1} of ${functionOutputs}`
        : `the variable "${traced.assigned[i - functionOutputs]!.name}"`;
      throw disagreement(name, `${what} ${problem}`);
    });
  } finally {
    tf.dispose([...compiled, ...eager]);
  }
}

/** How two results differ by more than is allowed, or undefined where they do not. */
function difference(
  compiled: tf.Tensor,
  eager: tf.Tensor,
  tolerance: number,
): string | undefined {
  const types = [compiled, eager].map(({ dtype, shape }) => `${dtype} [${shape}]`);
  if (types[0] !== types[1]) return `is ${types[1]}, and ${types[0]} compiled`;
  const a = compiled.dataSync(), b = eager.dataSync();
  let largest = 0, most = 0;
  for (let i = 0; i < b.length; i++) {
    if (Number.isFinite(b[i])) largest = Math.max(largest, Math.abs(b[i]!));
    if (Object.is(a[i], b[i])) continue;
    const apart = Math.abs(a[i]! - b[i]!);
    most = Math.max(most, Number.isNaN(apart) ? Infinity : apart);
  }
  const allowed = eager.dtype === "float32" ? tolerance * Math.max(largest, LEAST_MAGNITUDE) : 0;
  if (most <= allowed) return undefined;
  return `differs by up to ${most.toPrecision(3)}, where its largest value is ` +
    `${largest.toPrecision(3)} and ${allowed.toPrecision(3)} is allowed`;
}

function disagreement(name: string, problem: string): Error {
  return new Error(
    `${name} does not compute what its code computes when it is run at once: ${problem}. A compiled function must be ` +
      "pure: what JavaScript changes or draws at random between calls must be an input",
  );
}
