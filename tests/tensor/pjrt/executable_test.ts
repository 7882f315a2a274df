import assert from "node:assert/strict";
import { liveBuffers } from "@/lib/tensor/pjrt/buffer.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import { client, device, doubling, numbers, vector } from "@/tests/tensor/pjrt/plugin.ts";

Deno.test("a program runs, and says the shapes and types of its results and the memory it needs", async () => {
  const executable = await client.compile({ text: doubling, devices: [device] });
  assert.deepEqual(executable.outputs, [{ shape: [2], type: "f32" }]);
  assert.equal(executable.memory!.arguments, 8);
  assert.equal(executable.memory!.aliased, 0);
  const x = vector([1, -2.5]);
  const { outputs, done } = executable.execute([[x]]);
  await done;
  const y = outputs[0]![0]!;
  assert.deepEqual(numbers(await y.read()), [2, -5]);
  assert.deepEqual(numbers(x.readSync()), [1, -2.5]);
  x.dispose();
  y.dispose();
  executable.dispose();
});

Deno.test("results of several types are told apart, scalars and truth values too", async () => {
  const text = `module @several {
    func.func public @main(%x: tensor<2xf32>) -> (tensor<bf16>, tensor<2xi1>, tensor<1x2xi32>) {
      %c = stablehlo.constant dense<1.5> : tensor<bf16>
      %t = stablehlo.compare GT, %x, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
      %i = stablehlo.constant dense<[[7, -7]]> : tensor<1x2xi32>
      return %c, %t, %i : tensor<bf16>, tensor<2xi1>, tensor<1x2xi32>
    }
  }`;
  const executable = await client.compile({ text, devices: [device] });
  assert.deepEqual(executable.outputs, [
    { shape: [], type: "bf16" },
    { shape: [2], type: "i1" },
    { shape: [1, 2], type: "i32" },
  ]);
  const x = vector([1, 2]);
  const [outputs] = executable.execute([[x]]).outputs;
  const [c, t, i] = outputs!.map((one) => one.readSync());
  assert.deepEqual([...new Uint16Array(c!.buffer)], [0x3fc0]);
  assert.deepEqual([...t!], [0, 0]);
  assert.deepEqual([...new Int32Array(i!.buffer)], [7, -7]);
  for (const one of [x, ...outputs!]) one.dispose();
  executable.dispose();
});

/** Adds the sum of a batch to a state; both are of all devices together, the batch split over them. */
const accumulate = (devices: number) =>
  `module @accumulate attributes {mhlo.num_partitions = ${devices} : i32} {
    sdy.mesh @devices = <["batch"=${devices}]>
    func.func public @main(
      %state: tensor<2xf32> {sdy.sharding = #sdy.sharding<@devices, [{}]>, tf.aliasing_output = 0 : i32},
      %batch: tensor<8x2xf32> {sdy.sharding = #sdy.sharding<@devices, [{"batch"}, {}]>}
    ) -> (tensor<2xf32> {sdy.sharding = #sdy.sharding<@devices, [{}]>}) {
      %zero = stablehlo.constant dense<0.0> : tensor<f32>
      %sum = stablehlo.reduce(%batch init: %zero) applies stablehlo.add across dimensions = [0]
        : (tensor<8x2xf32>, tensor<f32>) -> tensor<2xf32>
      %next = stablehlo.add %state, %sum : tensor<2xf32>
      return %next : tensor<2xf32>
    }
  }`;

Deno.test("a donated argument is gone after the call, its memory the result's, unless it is to be kept", async () => {
  const executable = await client.compile({ text: accumulate(1), devices: [device] });
  assert.equal(executable.memory!.aliased, 8);
  const before = liveBuffers();
  const state = vector([1, 2]);
  const batch = client.upload(new Uint8Array(new Float32Array(16).fill(1).buffer), {
    shape: [8, 2],
    type: "f32",
    device,
  });
  const { outputs: [results] } = executable.execute([[state, batch]]);
  assert.equal(state.handle, 0n);
  assert.notEqual(batch.handle, 0n);
  assert.equal(liveBuffers(), before + 2);
  assert.deepEqual(numbers(results![0]!.readSync()), [9, 10]);
  assert.throws(() => executable.execute([[state, batch]]), {
    message: "Argument 0 of a program was disposed or donated",
  });
  const kept = vector([1, 2]);
  const { outputs: [others] } = executable.execute([[kept, batch]], { kept: [0] });
  assert.deepEqual(numbers(others![0]!.readSync()), [9, 10]);
  assert.deepEqual(numbers(kept.readSync()), [1, 2]);
  for (const one of [batch, kept, ...results!, ...others!]) one.dispose();
  assert.equal(liveBuffers(), before);
  executable.dispose();
});

Deno.test("one program over several devices sees the whole batch on each, in the order that is given", async () => {
  for (const devices of [client.devices.slice(0, 2), client.devices.toReversed()]) {
    const executable = await client.compile({ text: accumulate(devices.length), devices });
    const rows = 8 / devices.length;
    const args = devices.map((on, d) => [
      vector([1, 2], on),
      client.upload(
        new Uint8Array(Float32Array.from({ length: rows * 2 }, (_, i) => d * rows * 2 + i).buffer),
        { shape: [rows, 2], type: "f32", device: on },
      ),
    ]);
    const { outputs, done } = executable.execute(args);
    await done;
    // 0 + 2 + … + 14 and 1 + 3 + … + 15, to 1 and 2.
    assert.deepEqual(outputs.map(([one]) => numbers(one!.readSync())), devices.map(() => [57, 66]));
    assert.deepEqual(outputs.map(([one]) => one!.device), devices);
    for (const one of [...args, ...outputs].flat()) one.dispose();
    executable.dispose();
  }
});

Deno.test("compileHere() compiles the same program while JavaScript waits", () => {
  const executable = client.compileHere({ text: doubling, devices: [device] });
  const x = vector([1, 2]);
  const [results] = executable.execute([[x]]).outputs;
  assert.deepEqual(numbers(results![0]!.readSync()), [2, 4]);
  for (const one of [x, ...results!]) one.dispose();
  executable.dispose();
});

Deno.test("JavaScript goes on while a program is compiled", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const executable = await client.compile({ text: doubling, devices: [device] });
  clearInterval(timer);
  assert.ok(turns > 0);
  executable.dispose();
});

Deno.test("the same program gives the same bits again, compiled again too", async () => {
  const text = `module @product {
    func.func public @main(%x: tensor<64x64xf32>) -> tensor<64x64xf32> {
      %y = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST]
        : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
      return %y : tensor<64x64xf32>
    }
  }`;
  const values = Float32Array.from({ length: 64 * 64 }, (_, i) => Math.sin(i));
  const x = client.upload(new Uint8Array(values.buffer), { shape: [64, 64], type: "f32", device });
  const seen: Uint8Array[] = [];
  for (let i = 0; i < 2; i++) {
    const executable = await client.compile({ text, devices: [device] });
    for (let j = 0; j < 3; j++) {
      const [results] = executable.execute([[x]]).outputs;
      seen.push(results![0]!.readSync());
      results![0]!.dispose();
    }
    executable.dispose();
  }
  for (const one of seen) assert.deepEqual(one, seen[0]);
  x.dispose();
});

Deno.test("compile() tells in one line where a program is wrong, and keeps all that the plugin said", async () => {
  const text = doubling.replace("stablehlo.add", "stablehlo.ad");
  await assert.rejects(client.compile({ text, devices: [device] }), (error) => {
    assert.ok(error instanceof PjrtError);
    assert.match(error.message, /^.*:3:\d+: error: custom op 'stablehlo.ad' is unknown.*$/);
    assert.match(error.words, /\n/);
    assert.equal(error.kind, "bug");
    return true;
  });
});

Deno.test("execute() tells the plugin's words where the arguments are not the program's", async () => {
  const executable = await client.compile({ text: doubling, devices: [device] });
  const x = vector([1, 2]),
    three = vector([1, 2, 3]),
    elsewhere = vector([1, 2], client.devices[1]!);
  const refuses = (args: Parameters<typeof executable.execute>[0], message: RegExp) =>
    assert.throws(() => executable.execute(args), { name: "PjrtError", kind: "bug", message });
  refuses([[]], /0 \w+ but compiled program expected 1/);
  refuses([[three]], /expected parameter 0 of size 8 .*incompatible size 12/);
  refuses([[elsewhere]], /argument 0 to replica 0 is on device/);
  assert.throws(() => executable.execute([[x], [x]]), {
    message: "Cannot run a program for 1 devices with arguments for 2",
  });
  executable.dispose();
  assert.throws(() => executable.execute([[x]]), {
    message: "Cannot run a program that was disposed",
  });
  for (const one of [x, three, elsewhere]) one.dispose();
});

Deno.test("a result for which there is no memory is told as that, on one device and on several, and the next call goes on", async () => {
  for (const devices of [[device], client.devices.slice(0, 2)]) {
    const program = (length: number) =>
      `module @filling attributes {mhlo.num_partitions = ${devices.length} : i32} {
        sdy.mesh @devices = <["batch"=${devices.length}]>
        func.func public @main(%x: tensor<1xf32> {sdy.sharding = #sdy.sharding<@devices, [{}]>}) ->
          (tensor<${length}x${length}xf32> {sdy.sharding = #sdy.sharding<@devices, [{}, {}]>}) {
          %y = stablehlo.broadcast_in_dim %x, dims = [0] : (tensor<1xf32>) -> tensor<${length}x${length}xf32>
          return %y : tensor<${length}x${length}xf32>
        }
      }`;
    const large = await client.compile({ text: program(1 << 20), devices });
    const small = await client.compile({ text: program(2), devices });
    const args = devices.map((on) => [vector([1], on)]);
    await assert.rejects(async () => {
      const { outputs, done } = large.execute(args);
      for (const one of outputs.flat()) one.dispose();
      await done;
    }, {
      name: "PjrtError",
      kind: "out of memory",
      message: /\bOut of memory allocating 4398046511104 bytes/,
    });
    const { outputs } = small.execute(args);
    assert.deepEqual(numbers(outputs[0]![0]!.readSync()), [1, 1, 1, 1]);
    for (const one of [...args, ...outputs].flat()) one.dispose();
    large.dispose();
    small.dispose();
  }
});
