// The Python that lib/store/README.md shows, run on a small store and compared with what this project reads.
import assert from "node:assert/strict";
import type { Network } from "@/dsl/mod.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { readPack } from "@/lib/data/pack.ts";
import { writePack } from "@/lib/data/packing/pack_writer.ts";
import { encoderOf } from "@/lib/model/encoder.ts";
import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { decodeSafetensors } from "@/lib/base/safetensors.ts";
import type { InfoOf, StepKind } from "@/lib/plan/mod.ts";
import { readFloats, readHalfwords, writeArray } from "@/lib/run/arrays.ts";
import { artifactFolder, openStore, putArtifact, type Store } from "@/lib/store/mod.ts";

const readme = await Deno.readTextFile(`${import.meta.dirname}/../../lib/store/README.md`);
const blocks = [...readme.matchAll(/^```python\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);

const network: Network = {
  family: "resnet",
  stem: "small",
  block: "basic",
  blocks: [1, 1],
  width: 4,
};
const px = 6;
const keys = { pack: "a", encoder: "b", features: "c", probe: "d", score: "e" };
const keyOf = (name: keyof typeof keys) => keys[name].repeat(64);

async function put<K extends StepKind>(
  store: Store,
  { name, kind, info, needs = {} }: {
    readonly name: keyof typeof keys;
    readonly kind: K;
    readonly info: InfoOf<K>;
    readonly needs?: Readonly<Record<string, keyof typeof keys>>;
  },
  fill: (folder: string) => Promise<unknown>,
): Promise<void> {
  await putArtifact<K>(store, keyOf(name), async (folder) => {
    await fill(folder);
    return {
      key: keyOf(name),
      kind,
      spec: {},
      needs: Object.fromEntries(
        Object.entries(needs).map(([need, of]) => [need, { key: keyOf(of), content: "" }]),
      ),
      code: "",
      info,
      made: { at: "2026-01-01T00:00:00.000Z", seconds: 1, host: "", machine: {}, command: "" },
    };
  });
}

/** A store with an artifact of each kind that the Python reads. */
async function smallStore(root: string): Promise<Store> {
  const store = await openStore(root);
  async function* images(count: number) {
    for (let i = 0; i < count; i++) {
      const image = Uint8Array.from({ length: px * px * 3 }, (_, at) => (7 * at + 31 * i) % 256);
      yield await Promise.resolve({ image, leaf: i % 2 });
    }
  }
  const leaves = ["a", "b"].map((name) => ({ name, path: [name] }));
  await put(store, {
    name: "pack",
    kind: "ingest",
    info: { train: 5, test: 4, unlabelled: 0, skipped: [] },
  }, (folder) =>
    writePack(folder, {
      px,
      hierarchy: { levels: ["class"], leaves },
      train: images(5),
      test: images(4),
    }));
  const curve = { curve: [], heldOutAccuracy: null, viewsPerSecond: 0, dataWait: 0 };
  await put(
    store,
    { name: "encoder", kind: "pretrain", info: { images: 0, ...curve } },
    (folder) =>
      saveEncoder(`${folder}/encoder.safetensors`, {
        network,
        weights: initialWeights(encoderOf(network), 1),
      }),
  );
  await put(store, {
    name: "features",
    kind: "features",
    info: { dimensions: 3, train: 5, test: 4 },
    needs: { encoder: "encoder", images: "pack" },
  }, async (folder) => {
    for (const [split, count] of [["train", 5], ["test", 4]] as const) {
      await writeArray(
        `${folder}/${split}.f32`,
        Float32Array.from({ length: 3 * count }, (_, i) => i / 7),
      );
    }
  });
  await put(store, {
    name: "probe",
    kind: "probe",
    info: { images: 5, heldOut: [] },
    needs: { features: "features", images: "pack" },
  }, (folder) => writeArray(`${folder}/predictions.u16`, Uint16Array.of(0, 1, 1, 1)));
  await put(store, {
    name: "score",
    kind: "score",
    info: { testImages: 4, levels: [{ level: "finest", classes: 2, top1: 0.75 }] },
    needs: { probe: "probe", images: "pack" },
  }, (folder) => writeArray(`${folder}/correct-0.u8`, Uint8Array.of(1, 1, 0, 1)));
  return store;
}

async function python(code: string, cwd: string): Promise<{ code: number; text: string }> {
  try {
    const { code: ended, stdout, stderr } = await new Deno.Command("python3", {
      args: ["-c", code],
      cwd,
    }).output();
    const texts = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code: ended, text: texts.join("") };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { code: 1, text: "no python3" };
    throw error;
  }
}

const { code: hasNumpy } = await python("import numpy", ".");
const untried = hasNumpy === 0 ? "" : " (left out: python3 has no numpy here)";

Deno.test("the Python of lib/store/README.md is twelve lines", () => {
  assert.equal(blocks[0]!.trim().split("\n").length, 12);
});

Deno.test({
  name: `the Python of lib/store/README.md reads what this project reads${untried}`,
  ignore: hasNumpy !== 0,
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const store = await smallStore(`${folder}/.cache`);
      const told = `
from hashlib import sha256
from types import SimpleNamespace
def hashed(array): return [list(array.shape), sha256(np.ascontiguousarray(array).tobytes()).hexdigest()]
row = SimpleNamespace(artifact="artifacts/ee/${keyOf("score")}")
${blocks[1]}
print(json.dumps({
  "weights": {name: hashed(array) for name, array in weights("${keyOf("encoder")}").items()},
  "features": [hashed(features("${keyOf("features")}", split)) for split in ("train", "test")],
  "predictions": hashed(predictions(probe)),
  "images": [hashed(images(pack, split)) for split in ("train", "test")],
  "accuracy": float(accuracy),
}))`;
      const { code, text } = await python(`${blocks[0]}${told}`, folder);
      assert.equal(code, 0, text);
      const found = JSON.parse(text);

      const at = (name: keyof typeof keys) => artifactFolder(store, keyOf(name));
      const hashed = (shape: readonly number[], array: ArrayBufferView) => [
        shape,
        sha256(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
      ];
      const path = `${at("encoder")}/encoder.safetensors`;
      const { tensors } = decodeSafetensors(await Deno.readFile(path), path);
      assert.deepEqual(
        found.weights,
        Object.fromEntries(
          Object.entries(tensors).map(([name, { shape, bytes }]) => [name, hashed(shape, bytes)]),
        ),
      );
      assert.deepEqual(found.features, [
        hashed([5, 3], await readFloats(`${at("features")}/train.f32`)),
        hashed([4, 3], await readFloats(`${at("features")}/test.f32`)),
      ]);
      assert.deepEqual(
        found.predictions,
        hashed([4], await readHalfwords(`${at("probe")}/predictions.u16`)),
      );
      const pack = await readPack(at("pack"));
      assert.deepEqual(
        found.images,
        (["train", "test"] as const).map((split) => {
          const { count, images } = pack.split(split);
          return hashed([count, px, px, 3], images!);
        }),
      );
      assert.equal(found.accuracy, 0.75);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
