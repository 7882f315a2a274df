import assert from "node:assert/strict";
import { resolve } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { type Network, vit } from "@/dsl/mod.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { loadEncoder, saveEncoder } from "@/lib/model/encoder_file.ts";
import { decodeSafetensors } from "@/lib/base/safetensors.ts";
import { compile, loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend();

const fixtures = resolve(import.meta.dirname!, "../fixtures");

const small = { patch: 8, width: 12, depth: 2, heads: 3 };

/** The networks of `make_torch_encoders.py`. */
const networks: readonly (readonly [string, Network])[] = [
  ["torch_basic", { family: "resnet", stem: "small", block: "basic", blocks: [1, 2], width: 4 }],
  ["torch_bottleneck", {
    family: "resnet",
    stem: "large",
    block: "bottleneck",
    blocks: [2, 1],
    width: 4,
  }],
  ["torch_vit", vit({ ...small, pixels: 32 })],
  // Positions of fewer patches than the input has, and of more.
  ["torch_vit_mean", vit({ ...small, pixels: 24, pool: "mean", layerScale: true })],
  ["torch_vit_fewer", vit({ ...small, pixels: 48 })],
];

for (const [name, network] of networks) {
  const path = `${fixtures}/${name}.safetensors`;

  /** A tensor of the file that PyTorch wrote. */
  const stored = async (tensor: string): Promise<tf.Tensor> => {
    const { bytes, shape } = decodeSafetensors(await Deno.readFile(path), path).tensors[tensor]!;
    return tf.tensor(new Float32Array(bytes.slice().buffer), [...shape]);
  };

  Deno.test(`an encoder that PyTorch wrote (${name}) has the same features here, compiled or not`, async () => {
    const { weights } = await loadEncoder(path, { network });
    const encoder = encoderOf(network);
    const tensorsOf = (list: readonly { name: string; shape: readonly number[] }[]) =>
      Object.fromEntries(
        list.map((one) => [one.name, tf.tensor(weights[one.name]!, [...one.shape])]),
      );
    const images = tf.transpose(await stored("input"), [0, 2, 3, 1]) as tf.Tensor4D;
    const mode = { training: false, statistics: tensorsOf(encoder.statistics) };
    const parameters = tensorsOf(encoder.parameters);
    const forward = ([x]: readonly tf.Tensor[]) => [
      encoder.forward(x as tf.Tensor4D, parameters, mode).features,
    ];
    const compiled = compile(forward, { name: "features" });
    const theirs = await (await stored("features")).data();
    const largest = Math.max(...theirs.map(Math.abs));
    assert.ok(largest > 0.1, `${largest}`);
    for (const [features] of [forward([images]), await compiled([images])]) {
      const ours = await features!.data();
      assert.equal(ours.length, theirs.length);
      ours.forEach((value, i) =>
        assert.ok(Math.abs(value - theirs[i]!) < 1e-4, `${i}: ${value}, PyTorch ${theirs[i]}`)
      );
    }
    compiled.dispose();
  });

  Deno.test(`an encoder that PyTorch wrote (${name}) is written back as it was`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await saveEncoder(`${folder}/again.safetensors`, await loadEncoder(path, { network }));
      const [again, first] = await Promise.all(
        [`${folder}/again.safetensors`, path].map(async (file) =>
          decodeSafetensors(await Deno.readFile(file), file).tensors
        ),
      );
      assert.ok(Object.keys(again!).length > 20);
      for (const [tensor, one] of Object.entries(again!)) {
        assert.deepEqual([...one.shape], [...first![tensor]!.shape], tensor);
        assert.deepEqual([...one.bytes], [...first![tensor]!.bytes], tensor);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
