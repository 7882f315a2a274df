import assert from "node:assert/strict";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import type { Network } from "@/dsl/mod.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { loadEncoder } from "@/lib/model/encoder_file.ts";
import { importEncoder } from "@/lib/pretrained/import_encoder.ts";
import { type LayoutName, layoutNames } from "@/lib/pretrained/layouts.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { root } from "@/tests/cli/command.ts";
import { pythonThatHas } from "@/tests/python_with.ts";

/** What `make_torch_files.py` tells of its files. */
interface Made {
  readonly files: readonly {
    readonly path: string;
    readonly of: string;
    readonly layout: LayoutName;
    readonly network: Network;
  }[];
  readonly features: Readonly<Record<string, readonly number[]>>;
  readonly images: readonly number[];
}

const python = await pythonThatHas("torch");
const ignore = python === null;
const folder = ignore ? "" : await Deno.makeTempDir();
const readJson = async (name: string) => JSON.parse(await Deno.readTextFile(join(folder, name)));

globalThis.addEventListener("unload", () => {
  if (!ignore) Deno.removeSync(folder, { recursive: true });
});

/** Made by the first test, for those that follow. */
let made: Made;
/** The encoder of each network, as it was imported. */
const imported = new Map<string, Uint8Array>();

Deno.test({
  name: "PyTorch writes files for every layout, in its newer and its older form",
  ignore,
  async fn() {
    const { success, stderr } = await new Deno.Command(python!, {
      args: [
        `${root}/tests/pretrained/make_torch_files.py`,
        folder,
        `${root}/tests/bench`,
        `${root}/tests/fixtures`,
      ],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    made = await readJson("layouts.json");
    const layouts = new Set(made.files.map(({ layout }) => layout));
    assert.deepEqual([...layouts].sort(), [...layoutNames].sort());
  },
});

Deno.test({
  name: "an encoder is the same from every layout that PyTorch wrote, named or found",
  ignore,
  async fn() {
    const inTwo: readonly string[] = ["dino-teacher", "dino-student", "ema"];
    for (const { path, of, layout, network } of made.files) {
      const named = await importEncoder(path, network, { layout });
      assert.equal(named.layout, layout);
      const known = imported.get(of) ?? named.bytes;
      imported.set(of, known);
      assert.equal(sha256(named.bytes), sha256(known), path);
      if (inTwo.includes(layout)) {
        await assert.rejects(importEncoder(path, network), /two networks, in the layouts/);
      } else {
        assert.equal(sha256((await importEncoder(path, network)).bytes), sha256(known), path);
      }
    }
    assert.deepEqual([...imported.keys()], ["basic", "bottleneck", "vit"]);
  },
});

Deno.test({
  name: "features of an imported encoder are PyTorch's",
  ignore,
  async fn() {
    await loadBackend();
    for (const [name, bytes] of imported) {
      const path = join(folder, `${name}.safetensors`);
      await Deno.writeFile(path, bytes);
      const { network, weights } = await loadEncoder(path);
      const { forward, parameters, statistics } = encoderOf(network);
      const tensorsOf = (list: readonly { name: string; shape: readonly number[] }[]) =>
        Object.fromEntries(
          list.map((one) => [one.name, tf.tensor(weights[one.name]!, [...one.shape])]),
        );
      const images = tf.tensor4d([...made.images], [2, 32, 32, 3]);
      const mode = { training: false, statistics: tensorsOf(statistics) };
      const { features } = forward(images, tensorsOf(parameters), mode);
      const theirs = made.features[name]!;
      const ours = await features.data();
      assert.equal(ours.length, theirs.length);
      assert.ok(Math.max(...theirs.map(Math.abs)) > 0.1);
      ours.forEach((value, i) =>
        assert.ok(Math.abs(value - theirs[i]!) < 1e-4, `${name} ${i}: ${value}, ${theirs[i]}`)
      );
    }
  },
});

Deno.test({
  name:
    "tensors of all kinds, with strides, shared storages and parts of them, are read as PyTorch has them, by all of its protocols",
  ignore,
  async fn() {
    const wanted: Record<string, readonly number[]> = await readJson("odd.json");
    const forms = ["new", "old"].flatMap((form) => [2, 4, 5].map((of) => `${form}-${of}`));
    for (const form of forms) {
      using file = await openWeights(join(folder, `odd-${form}.pth`));
      assert.deepEqual([...file.tensors.keys()].sort(), Object.keys(wanted).sort());
      for (const [name, values] of Object.entries(wanted)) {
        assert.deepEqual([...await file.values(name)], values, `${form} ${name}`);
      }
    }
  },
});

Deno.test({
  name:
    "whole networks and programs that PyTorch wrote are refused, with what to save in their place",
  ignore,
  async fn() {
    for (const form of ["new", "old"]) {
      await assert.rejects(
        openWeights(join(folder, `module-${form}.pth`)),
        /it names torch_resnet\.ResNet.*model\.state_dict\(\)/,
      );
    }
    await assert.rejects(openWeights(join(folder, "script.pt")), /TorchScript.*torch\.jit\.load/);
  },
});
