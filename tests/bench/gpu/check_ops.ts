import { bytesOf } from "@/tests/bench/gpu/fill.ts";
import type { PackedArray, PackedOp } from "@/tests/bench/gpu/pack.ts";
import { type Bench, upload } from "@/tests/bench/gpu/run_step.ts";

/** How an op did. */
export interface OpFinding {
  readonly name: string;
  /** The largest difference from TensorFlow's CPU, in parts of an output's largest value; null where the op failed. */
  readonly difference: number | null;
  readonly tolerance: number;
  readonly error?: string;
}

/** Runs an op's program on the device, and compares with what TensorFlow gave on the CPU. */
export async function checkOp(bench: Bench, op: PackedOp): Promise<OpFinding> {
  const { name, tolerance } = op;
  const { client, device, folder, data } = bench;
  try {
    const text = await Deno.readTextFile(`${folder}/${op.program}`);
    const executable = await client.compile({ text, devices: [device] });
    const args = op.inputs.map((input) => upload(bench, input));
    const { outputs: [outputs] } = executable.execute([args]);
    let difference = 0;
    for (const [i, expected] of op.expected.entries()) {
      const actual = await outputs![i]!.read();
      difference = Math.max(
        difference,
        apart(expected, { actual, expected: bytesOf(expected, data) }),
      );
    }
    for (const buffer of [...args, ...outputs!]) buffer.dispose();
    executable.dispose();
    return { name, difference, tolerance };
  } catch (error) {
    return { name, difference: null, tolerance, error: (error as Error).message.slice(0, 500) };
  }
}

function apart(
  { type }: PackedArray,
  bytes: { readonly actual: Uint8Array<ArrayBuffer>; readonly expected: Uint8Array },
): number {
  const valuesOf = (from: Uint8Array): ArrayLike<number> => {
    const copy = from.slice().buffer;
    return type === "f32" ? new Float32Array(copy) : type === "i32" ? new Int32Array(copy) : from;
  };
  const actual = valuesOf(bytes.actual), expected = valuesOf(bytes.expected);
  let largest = 1e-3, most = 0;
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i]!, found = actual[i]!;
    if (Number.isFinite(wanted)) largest = Math.max(largest, Math.abs(wanted));
    if (Object.is(wanted, found) || wanted === found) continue;
    const distance = Math.abs(wanted - found);
    most = Math.max(most, Number.isNaN(distance) ? Infinity : distance);
  }
  return most / largest;
}
