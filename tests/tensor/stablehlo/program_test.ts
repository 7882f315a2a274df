import assert from "node:assert/strict";
import { DATA_TYPE, sizeOf } from "@/lib/tensor/data_types.ts";
import type { OpAttribute } from "@/lib/tensor/executor.ts";
import type {
  RecordedConstant,
  RecordedInput,
  RecordedResult,
  RecordedValue,
} from "@/lib/tensor/recorded.ts";
import { supportedOps } from "@/lib/tensor/stablehlo/lowerings.ts";
import { toStableHlo } from "@/lib/tensor/stablehlo/program.ts";

const { float32, int32 } = DATA_TYPE;

function input(shape: readonly number[], dtype: number = float32): RecordedInput {
  return { kind: "input", shape, dtype };
}

function integers(values: readonly number[]): RecordedConstant {
  const bytes = new Uint8Array(Int32Array.from(values).buffer);
  return { kind: "constant", shape: [values.length], dtype: int32, bytes };
}

function result(
  name: string,
  inputs: readonly RecordedValue[],
  options: { shape: readonly number[]; dtype?: number; attributes?: readonly OpAttribute[] },
): RecordedResult {
  const { shape, dtype = float32, attributes = [] } = options, output = { shape, dtype };
  return {
    kind: "result",
    op: { name, attributes, inputs, outputs: [output] },
    index: 0,
    ...output,
  };
}

Deno.test("toStableHlo() writes what outputs reach, each value once", () => {
  const x = input([2, 3]), bias = input([3]);
  const shifted = result("AddV2", [x, bias], { shape: [2, 3] });
  result("Exp", [shifted], { shape: [2, 3] });
  const sum = result("Sum", [shifted, integers([1])], { shape: [2] });
  const squares = result("Mul", [shifted, shifted], { shape: [2, 3] });
  const text = toStableHlo({ name: "step", inputs: [x, bias], outputs: [sum, squares, x] });
  assert.deepEqual(text.split("\n"), [
    "module @step {",
    "  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<3xf32>) -> " +
    "(tensor<2xf32>, tensor<2x3xf32>, tensor<2x3xf32>) {",
    "    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>",
    "    %1 = stablehlo.add %arg0, %0 : tensor<2x3xf32>",
    "    %2 = stablehlo.constant dense<0.0e+0> : tensor<f32>",
    "    %3 = stablehlo.reduce(%1 init: %2) applies stablehlo.add across dimensions = [1] : " +
    "(tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>",
    "    %4 = stablehlo.multiply %1, %1 : tensor<2x3xf32>",
    "    return %3, %4, %arg0 : tensor<2xf32>, tensor<2x3xf32>, tensor<2x3xf32>",
    "  }",
    "}",
    "",
  ]);
});

Deno.test("toStableHlo() says which memory an output may take, and how devices share the work", () => {
  const state = input([3]), images = input([4, 3]);
  const next = result("AddV2", [state, result("Max", [images, integers([0])], { shape: [3] })], {
    shape: [3],
  });
  const fn = { name: "step", inputs: [state, images], outputs: [next] };
  const donated = new Map([[0, 0]]);
  assert.match(
    toStableHlo(fn, { donated }),
    /@main\(%arg0: tensor<3xf32> \{tf\.aliasing_output = 0 : i32\}, %arg1: tensor<4x3xf32>\)/,
  );
  const shared = toStableHlo(fn, { donated, partitions: 2, sharded: new Set([1]) });
  assert.deepEqual(shared.split("\n").slice(0, 3), [
    "module @step {",
    '  sdy.mesh @devices = <["share"=2]>',
    "  func.func public @main(%arg0: tensor<3xf32> {sdy.sharding = #sdy.sharding<@devices, [{}]>, " +
    "tf.aliasing_output = 0 : i32}, %arg1: tensor<4x3xf32> " +
    '{sdy.sharding = #sdy.sharding<@devices, [{"share"}, {}]>}) -> (tensor<3xf32> ' +
    "{sdy.sharding = #sdy.sharding<@devices, [{}]>}) {",
  ]);
  assert.throws(
    () => toStableHlo(fn, { partitions: 3, sharded: new Set([1]) }),
    { message: "Cannot cut an input of shape [4,3] into 3 equal shares of its first axis" },
  );
});

Deno.test("toStableHlo() names the op that it cannot write, and where those are that it can", () => {
  const x = input([2]);
  const fn = { name: "f", inputs: [x], outputs: [result("Digamma", [x], { shape: [2] })] };
  assert.throws(() => toStableHlo(fn), {
    message: /^Cannot compile Digamma: .*lib\/tensor\/stablehlo\/lowerings\.ts/,
  });
});

Deno.test("toStableHlo() refuses an op whose axes are computed, and finds those that are only passed on", () => {
  const x = input([2, 3]), axes = input([1], int32);
  const sum = (along: RecordedValue) => ({
    name: "f",
    inputs: [x, axes],
    outputs: [result("Sum", [x, along], { shape: [2] })],
  });
  assert.throws(() => toStableHlo(sum(axes)), {
    message: "Cannot compile Sum: its input 2 must be known when the function is traced, and it " +
      "depends on values. Compute it in JavaScript",
  });
  const passed = result("Identity", [integers([-1])], { shape: [1], dtype: int32 });
  assert.match(toStableHlo(sum(passed)), /across dimensions = \[1\]/);
});

Deno.test("toStableHlo() writes a chain of ops that is too long to recurse over", () => {
  const x = input([2]);
  let last: RecordedValue = x;
  for (let i = 0; i < 50_000; i++) last = result("Neg", [last], { shape: [2] });
  const text = toStableHlo({ name: "f", inputs: [x], outputs: [last] });
  assert.match(text, /%49999 = stablehlo\.negate %49998 : tensor<2xf32>\n +return %49999 /);
});

Deno.test("supportedOps() has what the training steps, probes and features ask for, sorted", () => {
  const ops = supportedOps();
  assert.deepEqual(ops, [...new Set(ops)].sort());
  const asked = "Add AddV2 ArgMax BatchMatMulV2 Cast ConcatV2 Conv2D Conv2DBackpropFilter " +
    "Conv2DBackpropInput CropAndResize Equal Exp FusedBatchNormGradV3 FusedBatchNormV3 GatherV2 Greater Log Max " +
    "Maximum Mean Minimum Mul Neg OneHot Pad PadV2 Range RealDiv Relu ReluGrad Reshape Rsqrt Slice SplitV Sqrt " +
    "Square Sub Sum TopKV2";
  assert.deepEqual(asked.split(" ").filter((op) => !ops.includes(op)), []);
});

Deno.test("toStableHlo() writes the numbers of a constant as they are", () => {
  const constant = (dtype: number, values: ArrayLike<number> & { buffer: ArrayBufferLike }) => {
    const bytes = new Uint8Array(values.buffer);
    const value: RecordedConstant = { kind: "constant", shape: [values.length], dtype, bytes };
    assert.equal(sizeOf(value.shape), values.length);
    const text = toStableHlo({ name: "f", inputs: [], outputs: [value] });
    return [...text.matchAll(/constant (.*) : /g)].map(([, dense]) => dense);
  };
  const { bfloat16, bool, uint8 } = DATA_TYPE;
  assert.deepEqual(constant(float32, Float32Array.of(0.1, -0, NaN, -Infinity, 1e20, 2)), [
    "dense<[1.0000000149011612e-1, 0x80000000, 0x7FC00000, 0xFF800000, 1.0000000200408773e+20, 2.0e+0]>",
  ]);
  assert.deepEqual(constant(bfloat16, Uint16Array.of(0x3fc0, 0xff80)), ["dense<[1.5e+0, 0xFF80]>"]);
  assert.deepEqual(constant(int32, Int32Array.of(7, 7, 7)), ["dense<7>"]);
  assert.deepEqual(constant(uint8, Uint8Array.from({ length: 17 }, (_, i) => i)), [
    'dense<"0x000102030405060708090A0B0C0D0E0F10">',
  ]);
  assert.deepEqual(constant(bool, Uint8Array.of(1, 0)), ["dense<[1, 0]>", "dense<0>"]);
  assert.deepEqual(constant(float32, new Float32Array()), ["dense<>"]);
});
