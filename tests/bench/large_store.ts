import { sha256 } from "@/lib/base/sha256.ts";
import type { InfoOf, Step, StepKind } from "@/lib/plan/mod.ts";
import {
  artifactFolder,
  type CodeOf,
  contentOf,
  type Manifest,
  openStore,
  writeManifest,
} from "@/lib/store/mod.ts";

// What the steps of a small study have to tell, about as long as it is there.
const infos: { readonly [K in StepKind]: InfoOf<K> } = {
  ingest: { train: 4400, test: 1500, unlabelled: 0, skipped: [] },
  sheet: { sheets: [{ level: "leaf", classes: ["one", "two", "three"] }] },
  subset: { images: 1100 },
  corrupt: { images: 1100 },
  import: { layout: "torchvision", dropped: {}, source: null, licence: null },
  pretrain: {
    images: 1100,
    curve: Array.from({ length: 30 }, (_, i) => ({
      epoch: i + 1,
      loss: 4 / (i + 1),
      accuracy: i / 30,
      learningRate: 0.1,
      featureNorm: 3.14159,
      effectiveRank: 17.25,
      viewsPerSecond: 1234.5,
      peakMemory: 712_345_678,
      seconds: 3.5 * i,
    })),
    heldOutAccuracy: 0.5,
    viewsPerSecond: 1234.5,
    dataWait: 0.01,
  },
  features: { dimensions: 64, train: 4400, test: 1500 },
  probe: { images: 4400, heldOut: [{ penalty: 1e-4, accuracy: 0.4 }], penalty: 1e-4 },
  finetune: { images: 4400, learningRate: 0.01, heldOut: [], steps: 1200, losses: [1, 0.5] },
  score: { testImages: 1500, levels: [{ level: "finest", classes: 60, top1: 0.4 }] },
  classes: { testImages: 1500, levels: [{ level: "finest", names: ["one", "two"] }] },
  views: { images: 3, views: 6 },
  neighbours: { queries: [] },
};

const made: Manifest["made"] = {
  at: "2026-01-01T00:00:00.000Z",
  seconds: 1.5,
  host: "host",
  machine: { processor: "a processor", cores: "2", system: "linux", deno: "2", tensorflow: "2.21" },
  command: "deno task reproduce large",
};

const data = "what a step made";
const files = { data: { bytes: data.length, sha256: sha256(data) } };
const content = contentOf(files);
const AT_ONCE = 500;

/** Makes a store that holds every step of a plan as if today's code had worked it; each artifact has one small file. */
export async function fillStore(
  folder: string,
  { steps, code }: { readonly steps: readonly Step[]; readonly code: CodeOf },
): Promise<void> {
  const store = await openStore(folder);
  const put = async (step: Step): Promise<void> => {
    const place = artifactFolder(store, step.key);
    await Deno.mkdir(place, { recursive: true });
    await Deno.writeTextFile(`${place}/data`, data);
    const { key, kind, spec } = step;
    const needs = Object.fromEntries(
      Object.entries(step.needs).map(([name, need]) => [name, { key: need, content }]),
    );
    const info = infos[kind];
    const told = { key, kind, spec, needs, files, content, code: code(step), info, made };
    await writeManifest(place, told as Manifest);
  };
  for (let i = 0; i < steps.length; i += AT_ONCE) {
    await Promise.all(steps.slice(i, i + AT_ONCE).map(put));
  }
}
