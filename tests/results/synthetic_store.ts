import {
  type Condition,
  expand,
  type Experiment,
  type Role,
  type Scale,
  scaleOf,
} from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import {
  type InfoOf,
  type Plan,
  plan,
  type PlanEncoders,
  type Step,
  type StepKind,
  type StepOf,
} from "@/lib/plan/mod.ts";
import { readRows, registrationOf, type StudyDomain, type StudyInput } from "@/lib/results/mod.ts";
import { type CodeOf, openStore, putArtifact, type Store } from "@/lib/store/mod.ts";

/** A store filled with made-up results, and what a report needs beside it. */
export interface Synthetic extends StudyInput, AsyncDisposable {
  readonly folder: string;
}

/** How the results are made up. */
export interface SyntheticOptions {
  readonly seeds?: number;
  /** Whether what goes beyond the paper is asked too. */
  readonly beyond?: boolean;
  readonly testImages?: number;
  /** The chance that a condition classifies an image of average difficulty correctly. */
  readonly accuracy: (condition: Condition) => number;
  /** Conditions whose scores are left out. */
  readonly leaveOut?: (condition: Condition) => boolean;
  readonly sheet?: (role: string) => Promise<Uint8Array>;
  /** The form in which a role's data set is published; that of the built-in worlds by default. */
  readonly forms?: Readonly<Record<string, string>>;
  /** What a role's data set is known by; a made-up hash by default. */
  readonly ids?: Readonly<Record<string, string>>;
  /** The code that made it. */
  readonly code?: CodeOf;
  /** Broken images that the ingest of every role left out. */
  readonly skipped?: readonly { readonly name: string; readonly reason: string }[];
  /** Classes of each role that have fewer labels than so many a class; none by default. */
  readonly short?: number;
  /** The encoders from outside that checkpoints name; none by default. */
  readonly encoders?: PlanEncoders;
}

// One transparent pixel.
const tinyPng = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  ),
  (c) => c.charCodeAt(0),
);

const levels: Readonly<Record<string, readonly string[]>> = {
  objects: ["object", "kind", "group"],
  species: ["species", "genus", "family", "class"],
  scenes: ["scene", "setting", "place"],
  aerial: ["cover", "use", "region"],
};

/** Fills a temporary store as if every step of an experiment had run at the scale `mini`. */
export async function syntheticStudy(
  experiments: readonly Experiment[],
  options: SyntheticOptions,
): Promise<Synthetic> {
  const { seeds = 1, beyond = false, testImages = 200 } = options;
  const scale = scaleOf("mini");
  const domains = fakeDomains(scale, { ...options, testImages });
  const conditions = experiments.flatMap((one) => expand(one, scale, { seeds, beyond }));
  const planned = plan(conditions, domains, options.encoders && { encoders: options.encoders });
  const folder = await Deno.makeTempDir({ prefix: "synthetic-store-" });
  const store = await openStore(folder);
  const contents = new Map<string, string>();
  for (const step of planned.steps) {
    await put(store, { step, planned, contents, options: { ...options, testImages } });
  }
  return {
    experiments,
    registry: experiments,
    looks: [],
    registered: registrationOf(experiments, []),
    plan: planned,
    store,
    rows: await readRows(planned, store),
    scale,
    domains,
    refused: new Map(),
    command: "deno task report all --scale mini",
    folder,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** The made-up data sets that play the roles of a synthetic study. */
export function fakeDomains(
  scale: Scale,
  { testImages, forms = {}, ids = {} }: SyntheticOptions & { readonly testImages: number },
) {
  return new Map(
    Object.entries(levels).map(([role, names], i) => [
      role as Role,
      {
        id: ids[role] ?? `${i}`.repeat(64),
        source: `built-in world ${role}, drawn from seed 0`,
        name: `${forms[role] ?? "world"} ${role}`,
        dataset: forms[role] ?? "world",
        trainImages: scale.world.train,
        testImages,
        unlabelledImages: 0,
        classes: classCount(0),
        levels: names,
        dividedLevels: names,
        allowed: [],
        notes: [],
      } satisfies StudyDomain,
    ]),
  );
}

interface PutOptions {
  readonly step: Step;
  readonly planned: Plan;
  /** Of the artifacts that stand already, by key. */
  readonly contents: Map<string, string>;
  readonly options: SyntheticOptions & { readonly testImages: number };
}

async function put(store: Store, all: PutOptions): Promise<void> {
  const { step, planned, contents, options } = all;
  const at = planned.conditions.find(({ score }) => score === step.key)?.condition;
  if (at !== undefined && options.leaveOut?.(at)) return;
  const { content } = await putArtifact(store, step.key, async (folder) => {
    const info = await fill(folder, { ...all, at });
    return {
      key: step.key,
      kind: step.kind,
      spec: { ...step.spec },
      needs: Object.fromEntries(
        Object.entries(step.needs).map(([name, key]) => [
          name,
          { key, content: contents.get(key) ?? "" },
        ]),
      ),
      code: options.code?.(step) ?? "c0de".repeat(16),
      info,
      made: {
        at: "2024-05-06T07:08:09.000Z",
        seconds: 12.5,
        host: "host",
        machine: { os: "linux 6", processor: "Some processor", cores: "2", deno: "2.9.6" },
        command: `deno task reproduce all --scale mini --only ${step.key.slice(0, 12)}`,
      },
    };
  });
  contents.set(step.key, content);
}

async function fill(
  folder: string,
  { step, planned, options, at }: PutOptions & { readonly at: Condition | undefined },
): Promise<InfoOf<StepKind>> {
  switch (step.kind) {
    case "score": {
      const finest = makeUp(at!, options);
      const scored = [];
      for (const [i, level] of step.spec.levels.entries()) {
        // Whoever knows the leaf knows its class; coarser, more and more of the others are right as well.
        const correct = finest.map((right, image) => right || Number(image % 6 < i));
        await Deno.writeFile(`${folder}/correct-${i}.u8`, correct);
        const top1 = correct.reduce((a, b) => a + b, 0) / correct.length;
        scored.push({ level, classes: classCount(i), top1 });
      }
      return { testImages: finest.length, levels: scored };
    }
    case "classes": {
      const role = step.label.replace("test classes of ", "");
      const [, ...coarser] = levels[role]!;
      const all = [];
      for (const [i, level] of ["finest", ...coarser].entries()) {
        const classes = Uint16Array.from(
          { length: options.testImages },
          (_, image) => (image % classCount(0)) % classCount(i),
        );
        await Deno.writeFile(`${folder}/classes-${i}.u16`, new Uint8Array(classes.buffer));
        const names = Array.from({ length: classCount(i) }, (_, n) => `${level} ${n}`);
        all.push({ level, names });
      }
      return { testImages: options.testImages, levels: all };
    }
    case "sheet": {
      const role = step.label.replace("contact sheet of ", "");
      const levels = ["coarse", "middle", "fine"];
      for (const i of levels.keys()) {
        await Deno.writeFile(`${folder}/sheet-${i}.png`, await options.sheet?.(role) ?? tinyPng);
      }
      return { sheets: levels.map((level) => ({ level, classes: ["one", "another"] })) };
    }
    case "views": {
      await Deno.writeFile(`${folder}/views.png`, tinyPng);
      return { images: 3, views: 6 };
    }
    case "neighbours": {
      await Deno.writeFile(`${folder}/neighbours.png`, tinyPng);
      const found = ["simclr", "supervised"].map((method) => ({ method, classes: ["oak", "elm"] }));
      return { queries: [{ class: "oak", found }] };
    }
    case "corrupt": {
      await Deno.writeFile(`${folder}/sample.png`, tinyPng);
      return { images: imagesOf(step, planned) };
    }
    case "import":
      await Deno.writeFile(`${folder}/encoder.safetensors`, new Uint8Array(64));
      return { layout: "torchvision", dropped: {}, source: "a paper", licence: "MIT" };
    case "pretrain": {
      await Deno.writeFile(`${folder}/encoder.safetensors`, new Uint8Array(64));
      const isTrained = Object.keys(step.needs).length > 0;
      return {
        images: imagesOf(step, planned),
        viewsPerSecond: isTrained ? 900 : 0,
        heldOutAccuracy: isTrained ? 0.6 : null,
        curve: isTrained ? curve(step) : [],
        dataWait: 0,
      };
    }
    case "finetune": {
      await Deno.writeFile(`${folder}/predictions.u16`, new Uint8Array(8));
      const steps = restingLosses.length;
      return {
        images: imagesOf(step, planned),
        learningRate: 0.01,
        heldOut: [],
        steps,
        losses: restingLosses,
      };
    }
    case "probe": {
      await Deno.writeFile(`${folder}/predictions.u16`, new Uint8Array(8));
      const chosen = { penalty: 0.001, iterations: 40, converged: true };
      return { ...chosen, images: imagesOf(step, planned), heldOut: [] };
    }
    case "ingest": {
      await Deno.writeFile(`${folder}/data`, new Uint8Array(8));
      const { train } = scaleOf("mini").world;
      const skipped = options.skipped ?? [];
      return { train, test: options.testImages, unlabelled: 0, skipped };
    }
    case "subset": {
      await Deno.writeFile(`${folder}/data`, new Uint8Array(8));
      if ("perClass" in step.spec) {
        const all = classCount(0);
        return { images: step.spec.perClass * all, classes: { all, short: options.short ?? 0 } };
      }
      return { images: step.spec.size ?? scaleOf("mini").world.train };
    }
    case "features": {
      await Deno.writeFile(`${folder}/data`, new Uint8Array(8));
      const { train } = scaleOf("mini").world;
      return { dimensions: 64, train, test: options.testImages };
    }
  }
}

/** Classes of a level, the finest being 0; each level's are the same share of the finer one's. */
function classCount(level: number): number {
  return 48 / 2 ** level;
}

function imagesOf(step: Step, planned: Plan): number {
  const needs = Object.values(step.needs)
    .map((need) => planned.steps.find(({ key }) => key === need)!);
  return needs.reduce((sum, need) => {
    if (need.kind === "corrupt") return sum + imagesOf(need, planned);
    if (need.kind !== "subset") return sum;
    return "perClass" in need.spec
      ? sum + need.spec.perClass * classCount(0)
      : sum + (need.spec.size ?? scaleOf("mini").world.train);
  }, 0);
}

function curve(step: StepOf<"pretrain">): InfoOf<"pretrain">["curve"] {
  const start = step.spec.method === "simclr" ? 5.2 : 3.9;
  const random = randomAt(step.spec.seed, `curve ${step.key}`);
  const speed = random.between(0.4, 0.6);
  return Array.from({ length: 20 }, (_, epoch) => ({
    epoch: epoch + 1,
    loss: start * (0.3 + 0.7 * Math.exp(-speed * epoch)) + random.between(-0.01, 0.01),
    accuracy: 1 - Math.exp(-speed * epoch),
    learningRate: 0.5 * (1 + Math.cos(Math.PI * epoch / 20)) / 2,
    featureNorm: 8 + epoch / 10,
    effectiveRank: 10 + 2 * epoch,
    viewsPerSecond: 900,
    peakMemory: 8e8,
    seconds: 3 * (epoch + 1),
  }));
}

// A training that has come to rest.
const restingLosses = Array.from({ length: 20 }, (_, epoch) => 3.9 * Math.exp(-0.5 * epoch));

/** Right or wrong for every test image: a difficulty that all conditions share, and chance of the condition's own. */
function makeUp(condition: Condition, options: PutOptions["options"]): Uint8Array {
  const role = condition.probe.labels.role;
  const chance = options.accuracy(condition);
  const own = randomAt(condition.seed, `${condition.name} ${condition.experiment}`);
  const shift = own.between(-0.02, 0.02);
  return Uint8Array.from({ length: options.testImages }, (_, i) => {
    const difficulty = randomAt(0, `difficulty ${role}`, i).uniform();
    return Number((difficulty + own.uniform()) / 2 < spread(chance + shift));
  });
}

/** The threshold below which the mean of two uniform numbers falls with a probability. */
function spread(probability: number): number {
  return probability <= 0.5 ? Math.sqrt(probability / 2) : 1 - Math.sqrt((1 - probability) / 2);
}
