import { type LinearSettings, methods, scaleOf } from "@/dsl/mod.ts";
import { ingest } from "@/lib/data/ingest.ts";
import { type Pack, readPack } from "@/lib/data/pack.ts";
import { worldNames } from "@/lib/worlds/mod.ts";
import { linearProbe } from "@/lib/probe/linear.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { sgdLinearProbe } from "@/lib/probe/sgd_linear.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { textTable } from "@/tests/bench/text_table.ts";

const SEED = 1;

/**
 * How hard the built-in worlds are at their finest level: the accuracy of a linear probe on raw pixels beside that of one
 * on the features of a network trained on the labels, at the scale `mini`.
 */
export async function benchPixelProbe(
  { only = "" }: { readonly only?: string },
): Promise<void> {
  await loadBackend({ threads: navigator.hardwareConcurrency });
  const { pixels: px, world } = scaleOf("mini");
  const rows: Record<string, string>[] = [];
  for (const name of worldNames.filter((world) => world.includes(only))) {
    const out = await Deno.makeTempDir();
    try {
      await ingest({ dataset: "world", world: name }, { px, world: { ...world, seed: SEED }, out });
      const pack = await readPack(out);
      const raw = await probePixels(pack);
      const supervised = await probeFeatures(pack);
      rows.push({
        world: name,
        classes: String(pack.hierarchy.leaves.length),
        "raw pixels, %": (100 * raw).toFixed(1),
        "supervised network, %": (100 * supervised).toFixed(1),
        ratio: (raw / supervised).toFixed(2),
      });
    } finally {
      await Deno.remove(out, { recursive: true });
    }
  }
  // deno-lint-ignore no-console -- the result of a benchmark
  console.log(textTable(rows).join("\n"));
}

/** The accuracy of a linear classifier on raw pixels, which are too many for a probe to full convergence. */
async function probePixels(pack: Pack): Promise<number> {
  const valuesOf = (name: "train" | "test") =>
    Float32Array.from(pack.split(name).images!, (byte) => byte / 128 - 1);
  const { predictions } = await sgdLinearProbe({
    train: { features: valuesOf("train"), labels: pack.split("train").labels },
    test: { features: valuesOf("test") },
    dim: pack.px ** 2 * 3,
    classes: pack.hierarchy.leaves.length,
    settings: { epochs: 60, batch: 256, learningRate: 0.02, momentum: 0.9, weightDecay: 1e-4 },
    seed: SEED,
  });
  return accuracy(pack, predictions);
}

/** The accuracy of a linear probe on the features of a network trained on the labels. */
async function probeFeatures(pack: Pack): Promise<number> {
  const { train, test } = await supervisedFeatures(pack);
  const { predictions } = await linearProbe({
    train: { features: train, labels: pack.split("train").labels },
    test: { features: test },
    dim: test.length / pack.test,
    classes: pack.hierarchy.leaves.length,
    settings: scaleOf("mini").linear as LinearSettings,
    seed: SEED,
  });
  return accuracy(pack, predictions);
}

function accuracy(pack: Pack, predictions: Uint16Array): number {
  const { labels } = pack.split("test");
  return predictions.filter((predicted, i) => predicted === labels[i]).length / labels.length;
}

async function supervisedFeatures(pack: Pack) {
  const { network } = scaleOf("mini");
  const split = pack.split("train");
  const { weights } = await pretrain({
    network,
    training: methods.supervised.recipes.mini,
    parts: [{
      split,
      subset: Uint32Array.from({ length: pack.train }, (_, i) => i),
      classes: pack.hierarchy.leaves.length,
    }],
    pixels: pack.px,
    seed: SEED,
  });
  const featuresOf = (name: "train" | "test") =>
    extractFeatures(weights, { split: pack.split(name), pixels: pack.px, network });
  return { train: await featuresOf("train"), test: await featuresOf("test") };
}
