import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { compile, loadBackend } from "@/lib/tensor/mod.ts";
import { type Example, opCases } from "@/tests/tensor/backends/op_cases.ts";
import { drawNormal, type PlainTensor } from "@/tests/tensor/backends/plain_tensor.ts";

/**
 * Registers a test of every op case on one backend: values against plain float64, gradients against finite differences
 * of that. A test file of its own for each backend, because a process has only one.
 *
 * @param options.examples Random examples of each op.
 * @param options.ignore Why the backend cannot be tried here, if it cannot.
 */
export function testGradients(
  backend: string,
  options: { examples: number; ignore?: string | undefined; device?: string },
): void {
  const { examples, ignore, device } = options;
  for (const [name, { draw, backends, tolerance = 1e-4 }] of Object.entries(opCases)) {
    if (backends?.includes(backend) === false) continue;
    const reason = ignore === undefined ? "" : ` (not tried: ${ignore})`;
    Deno.test({
      name: `${name} has the gradient of finite differences on ${device ?? backend}${reason}`,
      ignore: ignore !== undefined,
      async fn() {
        await loadBackend({ name: backend, ...device !== undefined && { device } });
        for (let i = 0; i < examples; i++) {
          const random = randomAt(i, "test gradients");
          const example = draw(random);
          const y = example.plain(example.inputs);
          const weights = drawNormal(random, y.shape);
          await check(example, { y, weights, tolerance });
        }
      },
    });
  }
}

async function check(
  example: Example,
  wanted: { y: PlainTensor; weights: PlainTensor; tolerance: number },
): Promise<void> {
  const { y, weights, tolerance } = wanted;
  const expected = [y, ...finiteDifferences(example, weights)];
  const code = ([weight, ...inputs]: readonly tf.Tensor[]): tf.Tensor[] => {
    const loss = (...args: tf.Tensor[]) => tf.sum(tf.mul(weight!, example.run(args)));
    return [example.run(inputs), ...tf.grads(loss)([...inputs])];
  };
  const before = tf.memory().numTensors;
  const inputs = [weights, ...example.inputs].map(({ shape, values }) =>
    tf.tensor(Float32Array.from(values), [...shape])
  );
  const compiled = compile(code);
  for (const outputs of [tf.tidy(() => code(inputs)), await compiled(inputs)]) {
    for (const [i, output] of outputs.entries()) {
      const what = `${i === 0 ? "value" : `gradient of input ${i}`} of ${describe(example)}`;
      assert.deepEqual(output.shape, expected[i]!.shape, what);
      assertNear(await output.data() as Float32Array, expected[i]!.values, { what, tolerance });
    }
    tf.dispose(outputs);
  }
  compiled.dispose();
  tf.dispose(inputs);
  assert.equal(tf.memory().numTensors, before, "no tensor is left");
}

/** The gradients of sum(weights * plain(inputs)), by central differences. */
function finiteDifferences(example: Example, weights: PlainTensor): PlainTensor[] {
  const step = 1e-5;
  const loss = (inputs: readonly PlainTensor[]) =>
    example.plain(inputs).values.reduce((sum, value, i) => sum + value * weights.values[i]!, 0);
  return example.inputs.map((input, at) => {
    const moved = (i: number, by: number) => {
      const values = input.values.slice();
      values[i]! += by;
      return loss(example.inputs.with(at, { shape: input.shape, values }));
    };
    const values = input.values.map((_, i) => (moved(i, step) - moved(i, -step)) / (2 * step));
    return { shape: input.shape, values };
  });
}

function assertNear(
  actual: Float32Array,
  expected: Float64Array,
  options: { what: string; tolerance: number },
): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-2);
  expected.forEach((value, i) => {
    const apart = Math.abs(actual[i]! - value);
    assert.ok(
      apart <= options.tolerance * largest,
      `${options.what}: ${actual[i]} where ${value} is right (largest value ${largest})`,
    );
  });
}

function describe(example: Example): string {
  return example.inputs.map(({ shape }) => `[${shape}]`).join(" ");
}
