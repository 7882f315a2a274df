import assert from "node:assert/strict";
import {
  checkpoint,
  expand,
  experiment,
  finetune,
  fuse,
  jpeg,
  knn,
  linear,
  type Network,
  pixels,
  resnet,
  role,
  type Scale,
  scaleOf,
  trial,
  untrained,
  vit,
} from "@/dsl/mod.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { readPack } from "@/lib/data/pack.ts";
import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { networkWeights } from "@/lib/network/mod.ts";
import { type Plan, plan, type PlanEncoder, type Step } from "@/lib/plan/mod.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { artifactFolder, findArtifact } from "@/lib/store/mod.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { readFloats } from "@/lib/run/arrays.ts";
import { withBench } from "@/tests/run/fixture.ts";

await loadBackend();

const one = role("one");
const sizes = { "10k": 2, "50k": 4, "125k": 5, "250k": 6, "500k": 8, "1M": 12 };
const scale: Scale = { ...scaleOf("smoke"), pixels: 16, sizes, labels: sizes };
const domains = new Map([[one, {
  ...{ id: "d", source: "one", dataset: "image-folder" },
  ...{ trainImages: 12, testImages: 4, unlabelledImages: 0, classes: 2 },
  ...{ levels: ["class"], dividedLevels: ["class"] },
}]]);

const outside: Readonly<Record<string, Pick<PlanEncoder, "network" | "pixels" | "normalisation">>> =
  {
    r: {
      network: resnet({ blocks: [1, 1], width: 4, block: "bottleneck", stem: "large" }),
      pixels: 20,
      normalisation: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
    v: {
      network: vit({ patch: 8, width: 12, depth: 2, heads: 3, pixels: 24 }),
      pixels: 24,
      normalisation: { mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3] },
    },
  };

const trials = [
  trial(checkpoint("r"), linear(one)),
  trial(checkpoint("v"), knn(one)),
  trial(checkpoint("v"), linear(one, { images: jpeg(5) })),
  trial(fuse(checkpoint("v"), pixels(), untrained()), linear(one)),
  trial(fuse(untrained(), checkpoint("r")), knn(one, { images: jpeg(5) })),
  trial(checkpoint("r"), finetune(one)),
  trial(checkpoint("v"), finetune(one, { images: jpeg(5) })),
];

const seed = 3;
const initially = (network: Network) => initialWeights(networkWeights(network), seed);

/** A plan of the trials, with the encoders as files of a folder. */
async function planned(folder: string, weightsOf = initially) {
  const named = new Map<string, PlanEncoder>(), weights = new Map<string, { path: string }>();
  for (const [name, encoder] of Object.entries(outside)) {
    const path = `${folder}/${name}.safetensors`, { network } = encoder;
    await saveEncoder(path, { network, weights: weightsOf(network) });
    const sha256 = await sha256File(path);
    named.set(name, { ...encoder, sha256 });
    weights.set(sha256, { path, ...name === "r" && { source: "a paper", licence: "MIT" } });
  }
  const own = experiment({ id: "own", title: "t", question: "q", reference: "r", trials });
  const encoders = { file: "encoders.yaml", names: [...named.keys()], named };
  return { weights, plan: plan(expand(own, scale), domains, { encoders }) };
}

function labelled({ steps }: Plan, label: string): Step {
  return steps.find((step) => step.label === label)!;
}

Deno.test("encoders from outside go through the whole plan, and their features are the original's to the bit", () =>
  withBench(async ({ store, images, work }) => {
    const { plan, weights } = await planned(images + "/..");
    const { failed, skipped } = await work({ plan, weights });
    assert.deepEqual([failed, skipped].map((list) => list.map(({ label }) => label)), [[], []]);
    for (const [name, { network, pixels, normalisation }] of Object.entries(outside)) {
      const features = labelled(plan, `checkpoint ${name}: features of one`);
      const pack = await readPack(artifactFolder(store, features.needs.images!));
      assert.equal(pack.px, pixels);
      const inputs = { split: pack.split("test"), pixels, network };
      const original = await extractFeatures(initially(network), { ...inputs, normalisation });
      const found = await readFloats(`${artifactFolder(store, features.key)}/test.f32`);
      assert.deepEqual(found, original);
      // A mean of 0.5 and a deviation of 0.25 are what this project's own networks see.
      const own = await extractFeatures(initially(network), inputs);
      (name === "r" ? assert.deepEqual : assert.notDeepEqual)(own, original);
    }
    const found = await findArtifact(store, labelled(plan, "checkpoint r").key);
    assert.ok(found.state === "cached" && found.manifest.kind === "import");
    assert.deepEqual(found.manifest.info, {
      layout: "torchvision",
      dropped: {},
      source: "a paper",
      licence: "MIT",
    });
  }));

Deno.test("an encoder whose features are no numbers is refused where they are made, in one sentence", () =>
  withBench(async ({ images, events, work }) => {
    const { plan, weights } = await planned(images + "/..", (network) =>
      Object.fromEntries(
        Object.entries(initially(network)).map(([name, values]) =>
          [name, values.map((value) => 1e30 * value)] as const
        ),
      ));
    await work({ plan, weights });
    const told = events.flatMap((event) => event.type === "failed" ? event.message : []);
    assert.match(
      told.join("\n"),
      /The encoder: some of what it makes of images is no number, but (NaN|-?Infinity)\. .* belong together/,
    );
    assert.ok(!told.some((message) => message.includes("TypeError")), told.join("\n"));
  }));

Deno.test("a file of weights that is gone, or is another than was planned, fails its import in one sentence", () =>
  withBench(async ({ images, events, work }) => {
    const { plan, weights } = await planned(images + "/..");
    const messages = async (files: typeof weights) => {
      const { failed } = await work({ plan, weights: files });
      assert.deepEqual(failed.map(({ label }) => label).sort(), ["checkpoint r", "checkpoint v"]);
      return events.flatMap((event) => event.type === "failed" ? event.message : []);
    };
    const [first] = weights.values();
    const files = new Map(
      [...weights.keys()].map((sha256, i) =>
        [sha256, { path: i === 0 ? "/nowhere/r.safetensors" : first!.path }] as const
      ),
    );
    const told = await messages(files);
    assert.match(told.join("\n"), /\/nowhere\/r\.safetensors: the file does not exist/);
    assert.match(told.join("\n"), /the file's SHA-256 is [0-9a-f]{64}, and was [0-9a-f]{64} when/);
    assert.match((await messages(new Map())).join("\n"), /its file of weights is not known/);
  }));
