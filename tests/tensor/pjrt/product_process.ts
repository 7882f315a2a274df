import { sha256 } from "@/lib/base/sha256.ts";
import { createClient } from "@/lib/tensor/pjrt/client.ts";
import { openPlugin } from "@/lib/tensor/pjrt/plugin.ts";

// A process that multiplies matrices on two devices of a plugin, and prints the digests of what each got. XLA warns of
// shardings that are written as these are.
const client = createClient(openPlugin(Deno.args[0]!)), devices = client.devices.slice(0, 2);
const text = `module @product attributes {mhlo.num_partitions = 2 : i32} {
  func.func public @main(%x: tensor<64x64xf32> {mhlo.sharding = "{devices=[2,1]<=[2]}"}) -> tensor<f32> {
    %y = stablehlo.dot_general %x, %x, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST]
      : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %sum = stablehlo.reduce(%y init: %zero) applies stablehlo.add across dimensions = [0, 1]
      : (tensor<64x64xf32>, tensor<f32>) -> tensor<f32>
    return %sum : tensor<f32>
  }
}`;
const executable = await client.compile({ text, devices });
const { outputs } = executable.execute(devices.map((device, d) => {
  const values = Float32Array.from({ length: 32 * 64 }, (_, i) => Math.sin(i + d * 2048));
  return [client.upload(new Uint8Array(values.buffer), { shape: [32, 64], type: "f32", device })];
}));
// deno-lint-ignore no-console
console.log(outputs.map(([one]) => sha256(one!.readSync())).join());
