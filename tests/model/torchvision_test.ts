import assert from "node:assert/strict";
import { resolve } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { architectures, type Network, resnet, vit } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { loadEncoder } from "@/lib/model/encoder_file.ts";
import { decodeSafetensors } from "@/lib/base/safetensors.ts";
import { torchShape } from "@/lib/network/torch_layout.ts";
import { networkWeights } from "@/lib/network/mod.ts";
import { compile, loadBackend } from "@/lib/tensor/mod.ts";
import { pythonThatHas } from "@/tests/python_with.ts";

await loadBackend();

const python = await pythonThatHas("torchvision");

const residual = Object.entries(architectures).filter(([, { family }]) => family === "resnet");

/** What torchvision_encoders.py writes, once for all tests. */
const written = python === null ? undefined : await Deno.makeTempDir();
if (python !== null) {
  const names = JSON.stringify(residual.map(([name]) => name));
  const args = [resolve(import.meta.dirname!, "torchvision_encoders.py"), written!, names];
  const { success, stderr } = await new Deno.Command(python, { args }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  addEventListener("unload", () => Deno.removeSync(written!, { recursive: true }));
}

Deno.test({
  name: "the published residual networks have the tensors of torchvision's, by name and shape",
  ignore: python === null,
  async fn() {
    const theirs = JSON.parse(await Deno.readTextFile(`${written}/shapes.json`));
    for (const [name, network] of residual) {
      const { parameters, statistics } = networkWeights(network);
      const ours = [
        ...parameters.map(({ name, kind, shape }) => [name, [...torchShape(kind, shape)]]),
        ...statistics.map(({ name, shape }) => [name, [...shape]]),
      ];
      assert.deepEqual(Object.fromEntries(ours), theirs[name], name);
    }
  },
});

const networks: readonly (readonly [string, Network])[] = [
  [
    "wide",
    resnet({ stem: "large", block: "bottleneck", blocks: [1, 1, 1, 1], width: 64, widen: 2 }),
  ],
  ["vit", vit({ patch: 16, width: 32, depth: 2, heads: 2, pixels: 48 })],
];

for (const [name, network] of networks) {
  Deno.test({
    name: `a network of torchvision (${name}) has the same features here`,
    ignore: python === null,
    async fn() {
      const path = `${written}/${name}.safetensors`;
      const { tensors } = decodeSafetensors(await Deno.readFile(path), path);
      const stored = (tensor: string) => {
        const { bytes, shape } = tensors[tensor]!;
        return tf.tensor(new Float32Array(bytes.slice().buffer), [...shape]);
      };
      const { weights } = await loadEncoder(path, { network });
      const encoder = encoderOf(network);
      const of = (list: readonly { readonly name: string; readonly shape: readonly number[] }[]) =>
        Object.fromEntries(
          list.map((one) => [one.name, tf.tensor(weights[one.name]!, [...one.shape])]),
        );
      const parameters = of(encoder.parameters), statistics = of(encoder.statistics);
      const forward = compile(([images]) => [
        encoder.forward(images as tf.Tensor4D, parameters, { training: false, statistics })
          .features,
      ], { name });
      const [features] = await forward([tf.transpose(stored("input"), [0, 2, 3, 1])]);
      const ours = await features!.data(), theirs = await stored("features").data();
      assert.equal(ours.length, theirs.length);
      assert.ok(theirs.some((value) => Math.abs(value) > 0.1));
      ours.forEach((value, i) =>
        assert.ok(Math.abs(value - theirs[i]!) < 1e-4, `${i}: ${value}, ${theirs[i]}`)
      );
      forward.dispose();
    },
  });
}
