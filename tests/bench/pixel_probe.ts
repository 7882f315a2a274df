import { type LinearSettings, scaleOf } from "@/dsl/mod.ts";
import { ingest } from "@/lib/data/ingest.ts";
import { type Pack, readPack } from "@/lib/data/pack.ts";
import { worldNames } from "@/lib/data/worlds/mod.ts";
import { linearProbe } from "@/lib/probe/linear.ts";
import { extractFeatures } from "@/lib/probe/features.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { textTable } from "@/tests/bench/text_table.ts";

const SEED = 1;

/**
 * How hard the built-in worlds are at their finest level: the accuracy of a linear probe on raw pixels beside that of one
 * on the features of a network trained on the labels, at the scale `mini`.
 */
export async function benchPixelProbe(): Promise<void> {
  await loadBackend({ threads: navigator.hardwareConcurrency });
  const { pixels: px, world } = scaleOf("mini");
  const rows: Record<string, string>[] = [];
  for (const name of worldNames) {
    const out = await Deno.makeTempDir();
    try {
      await ingest({ dataset: "world", world: name }, { px, world: { ...world, seed: SEED }, out });
      const pack = await readPack(out);
      const raw = await probe(pack, {
        train: Float32Array.from(pack.split("train").images!),
        test: Float32Array.from(pack.split("test").images!),
      });
      const supervised = await probe(pack, await supervisedFeatures(pack));
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

interface Features {
  readonly train: Float32Array;
  readonly test: Float32Array;
}

/** Top-1 accuracy on the test images, all training labels used. */
async function probe(pack: Pack, { train, test }: Features): Promise<number> {
  const { predictions } = await linearProbe({
    train: { features: train, labels: pack.split("train").labels },
    test: { features: test },
    dim: test.length / pack.test,
    classes: pack.hierarchy.leaves.length,
    settings: scaleOf("mini").linear as LinearSettings,
    seed: SEED,
  });
  const { labels } = pack.split("test");
  return predictions.filter((predicted, i) => predicted === labels[i]).length / labels.length;
}

async function supervisedFeatures(pack: Pack): Promise<Features> {
  const { network, supervised: training } = scaleOf("mini");
  const split = pack.split("train");
  const { weights } = await pretrain({
    method: "supervised",
    network,
    training,
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
